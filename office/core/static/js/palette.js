// Ctrl K. The server answers with rows; here they are traveled, and the verbs of the chosen person are shown.
const dialog = document.getElementById("palette");
const input = dialog?.querySelector("input[name=q]");
const list = document.getElementById("palette-results");
let chosen = null;

const rows = () => [...list.querySelectorAll("[data-row]")].filter((row) => row.getClientRects().length);

function choose(row) {
    chosen?.removeAttribute("aria-selected");
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
    list.addEventListener("htmx:afterSettle", () => {
        for (const row of list.querySelectorAll("[data-row]")) {
            row.setAttribute("role", "option");
            if (!row.closest("[data-for]")) row.tabIndex = -1;
        }
        choose(rows()[0]);
    });
    input.addEventListener("keydown", (event) => {
        if (event.key === "ArrowDown" || event.key === "ArrowUp") {
            travel(event.key === "ArrowDown" ? 1 : -1);
        } else if (event.key === "Enter") {
            // Pressed before the answer to the last letter came: the answer decides.
            if (input.form.classList.contains("htmx-request")) {
                list.addEventListener("htmx:afterSettle", () => chosen?.click(), { once: true });
            } else chosen?.click();
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
