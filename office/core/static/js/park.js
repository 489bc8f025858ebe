// Resuming: what was typed before something was parked goes back into the fields of the same names.
const draft = document.getElementById("resumed");

if (draft) {
    const typed = JSON.parse(draft.dataset.draft);
    const form = document.querySelector("form[data-park]");
    let filled = 0;
    for (const [name, value] of Object.entries(typed)) {
        const field = form?.elements.namedItem(name);
        if (!field) continue;
        if (field instanceof RadioNodeList) field.value = value;
        else if (field.type === "checkbox") field.checked = true;
        else field.value = value;
        filled += 1;
    }
    if (filled) draft.remove();
}
