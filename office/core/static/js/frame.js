// Small things of the frame: dialogs, menus, theme, the blur, the live region, panels that refresh.

export function say(words) {
    const live = document.getElementById("live");
    if (!live || !words) return;
    live.textContent = "";
    // A region that is emptied and filled in one turn is not read out again.
    setTimeout(() => (live.textContent = words), 60);
}

export function open(id) {
    const dialog = document.getElementById(id);
    if (!(dialog instanceof HTMLDialogElement)) return false;
    if (!dialog.open) dialog.showModal();
    dialog.dispatchEvent(new CustomEvent("dialog:open", { bubbles: true }));
    return true;
}

export function blur() {
    const hidden = document.documentElement.toggleAttribute("data-blurred");
    say(hidden ? "The screen is blurred" : "The screen is clear");
}

document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-opens]");
    if (opener && !event.ctrlKey && !event.metaKey && open(opener.dataset.opens)) event.preventDefault();
    event.target.closest("[data-closes]")?.closest("dialog")?.close();
    // A press beside a dialog or a menu closes it.
    if (event.target instanceof HTMLDialogElement) event.target.close();
    for (const menu of document.querySelectorAll("details.menu[open]")) {
        if (!menu.contains(event.target)) menu.open = false;
    }
});

document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = event.target.closest("details.menu[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
});

function send(form, submitter) {
    return fetch(form.action, { method: "POST", body: new FormData(form, submitter), redirect: "manual" });
}

document.querySelector("[data-theme-form]")?.addEventListener("submit", (event) => {
    event.preventDefault();
    const chosen = event.submitter.value;
    document.documentElement.dataset.theme = chosen;
    for (const button of event.target.elements) {
        if (button.name === "theme") button.setAttribute("aria-pressed", String(button === event.submitter));
    }
    send(event.target, event.submitter);
});

document.querySelector("[data-letters-form]")?.addEventListener("change", (event) => {
    document.documentElement.dataset.letters = event.target.checked ? "on" : "off";
    send(event.currentTarget);
});

// What an answer wants read out travels with it: <p data-announce>.
document.addEventListener("htmx:afterSettle", (event) => {
    say(event.detail.elt.querySelector?.("[data-announce]")?.textContent);
});

// The answer never came, or was a fault of ours: say so, nothing was lost.
document.addEventListener("htmx:sendError", () => tellFault("The server cannot be reached. Nothing was lost; try again."));
document.addEventListener("htmx:responseError", (event) => {
    const refused = event.detail.xhr.status === 403;
    tellFault(refused ? "You may not do that here. Nothing was changed." : "That did not work. Nothing was changed; try again.");
});

function tellFault(words) {
    const line = document.createElement("div");
    line.className = "toast";
    line.append(Object.assign(document.createElement("span"), { textContent: words }));
    document.getElementById("toasts")?.append(line);
}
