// Ctrl K. The server answers with rows; here they are traveled, and the verbs of the chosen person are shown.
const dialog = document.getElementById("palette");
const input = dialog?.querySelector("input[name=q]");
const list = document.getElementById("palette-results");
let chosen = null;
let asked = null;
let answered = null;
let goes = false;

const rows = () => [...list.querySelectorAll("[data-row]")].filter((row) => row.getClientRects().length);

function choose(row) {
    chosen?.setAttribute("aria-selected", "false");
    chosen = row ?? null;
    input.setAttribute("aria-activedescendant", chosen?.id ?? "");
    if (!chosen) return;
    chosen.setAttribute("aria-selected", "true");
    chosen.scrollIntoView({ block: "nearest" });
    const groups = [...list.querySelectorAll("[data-for]")];
    if (!groups.some((group) => group.dataset.for === chosen.id)) return;
    for (const group of groups) group.hidden = group.dataset.for !== chosen.id;
}

function travel(step) {
    const all = rows();
    choose(all[(all.indexOf(chosen) + step + all.length) % all.length]);
}

if (dialog) {
    dialog.addEventListener("dialog:open", () => {
        input.select();
        htmx.trigger(input.form, "palette:open");
    });
    dialog.addEventListener("htmx:configRequest", (event) => (asked = event.detail.parameters.get?.("q") ?? event.detail.parameters.q));
    list.addEventListener("htmx:afterSettle", () => {
        for (const group of list.querySelectorAll("section")) {
            const title = group.querySelector("h2");
            group.setAttribute("role", "group");
            group.setAttribute("aria-label", title.textContent);
            title.ariaHidden = "true";
        }
        for (const row of list.querySelectorAll("[data-row]")) {
            row.setAttribute("role", "option");
            row.setAttribute("aria-selected", "false");
            if (!row.closest("[data-for]")) row.tabIndex = -1;
        }
        answered = asked;
        choose(rows()[0]);
        if (goes && answered === input.value) chosen?.click();
    });
    input.addEventListener("input", () => (goes = false));
    input.addEventListener("keydown", (event) => {
        if (event.key === "ArrowDown" || event.key === "ArrowUp") {
            travel(event.key === "ArrowDown" ? 1 : -1);
        } else if (event.key === "Enter") {
            // Pressed before the answer to the last letter came: that answer decides, not the one on the screen.
            if (answered === input.value) chosen?.click();
            else goes = true;
        } else return;
        event.preventDefault();
    });
    input.form.addEventListener("submit", (event) => event.preventDefault());
    list.addEventListener("keydown", (event) => {
        const group = event.target.closest("[data-for]");
        if (!group || !["ArrowDown", "ArrowUp"].includes(event.key)) return;
        const all = [...group.querySelectorAll("[data-row]")];
        const next = all.indexOf(event.target) + (event.key === "ArrowDown" ? 1 : -1);
        (all[next] ?? input).focus();
        event.preventDefault();
        event.stopPropagation();
    });
}
