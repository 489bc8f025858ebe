// The matrix by keys: arrows move, a letter says how the cell stands, Shift says it for every provider of the payer.
// Without this the cell is a link to its form.
const KEYS = { n: "not_needed", t: "to_request", r: "requested", a: "approved" };
const GO_WITHIN = 1200;
const table = document.querySelector("[data-enrollment]");
let wentAt = 0;

function neighbor(cell, across, down) {
    const row = cell.closest("tr");
    const place = [...row.querySelectorAll("[data-cell]")].indexOf(cell);
    const rows = [...table.rows];
    const wanted = rows[rows.indexOf(row) + down];
    return wanted?.querySelectorAll("[data-cell]")[place + across];
}

async function set(cell, state, everyone) {
    const token = document.querySelector("[data-enrollment-token] [name=csrfmiddlewaretoken]").value;
    const { id } = cell;
    const values = { state, csrfmiddlewaretoken: token, ...(everyone && { everyone: "on" }) };
    await htmx.ajax("POST", cell.getAttribute("href"), { target: cell.closest("tr"), swap: "outerHTML", values });
    const now = document.getElementById(id);
    now?.focus();
    document.getElementById("live").textContent = now?.getAttribute("aria-label") ?? "";
}

const ARROWS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

table?.addEventListener("keydown", (event) => {
    const cell = event.target.closest("[data-cell]");
    if (!cell || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key in ARROWS) {
        event.preventDefault();
        neighbor(cell, ...ARROWS[event.key])?.focus();
        return;
    }
    if (document.documentElement.dataset.letters === "off") return;
    const key = event.key.toLowerCase();
    const going = Date.now() - wentAt < GO_WITHIN;
    wentAt = key === "g" ? Date.now() : 0;
    if (going) return;
    if (key === "d") {
        event.preventDefault();
        location.assign(`${cell.getAttribute("href")}?state=denied`);
    } else if (key in KEYS) {
        event.preventDefault();
        set(cell, KEYS[key], event.shiftKey);
    }
});

// From anywhere on the page an arrow begins at the first cell.
document.addEventListener("keydown", (event) => {
    if (!table || event.defaultPrevented || !(event.key in ARROWS)) return;
    if (document.activeElement === document.body || document.activeElement?.id === "work") {
        event.preventDefault();
        table.querySelector("[data-cell]")?.focus();
    }
});
