// Resuming: what was typed before something was parked goes back into the fields of the same names.
const draft = document.getElementById("resumed");

if (draft) {
    const typed = JSON.parse(draft.dataset.draft);
    const form = document.querySelector("form[data-park]");
    let filled = 0;
    for (const [name, values] of Object.entries(typed)) {
        const field = form?.elements.namedItem(name);
        if (!field) continue;
        const fields = field instanceof RadioNodeList ? [...field] : [field];
        for (const one of fields) {
            if (one.type === "checkbox" || one.type === "radio") one.checked = values.includes(one.value);
            else if (one instanceof HTMLSelectElement) for (const option of one.options) option.selected = values.includes(option.value);
            else one.value = values.shift() ?? "";
        }
        filled += 1;
    }
    if (filled) draft.remove();
}
