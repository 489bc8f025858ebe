// The grid by keys and by hand. One tab stop: the focus is on one visit or opening, arrows travel, letters act on it.
// Everything here has a link, a button or a form too; the server decides, and sends back the columns that changed.
import { letGo } from "../js/ahead.js";
import { say } from "../js/frame.js";

const STEP = 10;
const grid = document.getElementById("grid");
const drawer = document.getElementById("drawer");
const prompt = document.getElementById("prompt");
let carried = null;
// The visit that was placed last: the focus goes to where it stands now, so that the next key is about it.
let placed = null;

const columns = () => [...grid.querySelectorAll(".grid__column")];
const cells = (column) =>
    [...column.querySelectorAll("[data-cell]")].sort((one, other) => from(one) - from(other) || one.offsetLeft - other.offsetLeft);
const from = (element) => number(element, "at-h") * 60 + number(element, "at-m");
const first = () => Number(grid.dataset.first) * 60;
// In rows, as everything here: where fall repeats an hour on a day that is shown, that hour has two.
const repeated = "repeated" in grid.dataset ? Number(grid.dataset.repeated) * 60 : Infinity;
const last = () => Number(grid.dataset.last) * 60 + (repeated < Infinity ? 60 : 0);
const isSecond = (row) => row >= repeated + 60 && row < repeated + 120;
const wall = (row) => (row >= repeated + 60 ? row - 60 : row);

function number(element, prefix) {
    const found = [...element.classList].find((name) => name.startsWith(prefix));
    return found ? Number(found.slice(prefix.length)) : 0;
}

function clock(row) {
    const minutes = wall(row);
    const hour = Math.floor(minutes / 60);
    return `${((hour + 11) % 12) + 1}:${String(minutes % 60).padStart(2, "0")} ${hour < 12 ? "AM" : "PM"}${isSecond(row) ? ", second" : ""}`;
}

// --- one tab stop

function stopAt(cell) {
    for (const other of grid.querySelectorAll("[data-cell]")) other.tabIndex = other === cell ? 0 : -1;
}

function settle() {
    const all = columns().flatMap(cells);
    const kept = all.find((cell) => cell.getAttribute("aria-current") === "true") ?? all.find((cell) => cell.tabIndex === 0 && cell.hasAttribute("tabindex"));
    const now = grid.querySelector(".grid__clock");
    const coming = now && all.find((cell) => cell.matches(".visit[data-state=booked], .visit[data-state=confirmed], .visit[data-state=arrived]") && from(cell) >= from(now) - 20);
    const stop = kept ?? coming ?? all[0];
    if (stop) stopAt(stop);
    return stop;
}

function focus(cell) {
    if (!cell) return;
    stopAt(cell);
    cell.focus({ preventScroll: true });
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function travel(cell, key) {
    const all = columns();
    const here = all.indexOf(cell.closest(".grid__column"));
    const list = cells(all[here]);
    const place = list.indexOf(cell);
    if (key === "ArrowDown") return focus(list[place + 1]);
    if (key === "ArrowUp") return focus(list[place - 1]);
    const step = key === "ArrowRight" ? 1 : -1;
    for (let next = here + step; all[next]; next += step) {
        const near = cells(all[next]).sort((one, other) => Math.abs(from(one) - from(cell)) - Math.abs(from(other) - from(cell)));
        if (near.length) return focus(near[0]);
    }
}

// --- carrying a visit: by keys, to another day, or by hand

class Carried {
    constructor({ id, version, minutes, name, at, column, source }) {
        Object.assign(this, { id, version, minutes, name, at, column, source });
        this.begin = { at, column };
        this.ghost = document.createElement("div");
        this.ghost.className = "ghost";
        this.show();
    }

    show() {
        const place = (side, minutes) => [`${side}-h${Math.floor(minutes / 60)}`, `${side}-m${minutes % 60}`];
        this.ghost.className = ["ghost", ...place("at", this.at), ...place("to", Math.min(this.at + this.minutes, last()))].join(" ");
        this.ghost.textContent = `${this.name}, ${clock(this.at)}`;
        this.column.append(this.ghost);
        this.ghost.scrollIntoView({ block: "nearest", inline: "nearest" });
        say(`${clock(this.at)}, ${this.column.getAttribute("aria-label")}`);
    }

    to(at, column) {
        this.at = Math.max(first(), Math.min(at, last() - 5));
        this.column = column ?? this.column;
        this.show();
    }

    key(key) {
        const all = columns();
        const here = all.indexOf(this.column);
        if (key === "ArrowDown") this.to(this.nextFree(1));
        else if (key === "ArrowUp") this.to(this.nextFree(-1));
        else if (key === "ArrowRight") this.to(this.at, all[here + 1]);
        else if (key === "ArrowLeft") this.to(this.at, all[here - 1]);
        else return false;
        return true;
    }

    // Ten minutes a step. From where the visit stood, the first step goes to the next time at which it would fit.
    nextFree(step) {
        if (this.at !== this.begin.at || this.column !== this.begin.column) return this.at + step * STEP;
        const busy = cells(this.column).filter((cell) => cell.matches(".visit") && cell !== this.source && cell.dataset.state !== "no_show");
        for (let at = this.at + step * STEP; at >= first() && at + this.minutes <= last(); at += step * STEP) {
            if (!busy.some((cell) => from(cell) < at + this.minutes && at < from(cell) + Number(cell.dataset.minutes))) return at;
        }
        return this.at + step * STEP;
    }

    place() {
        const values = {
            provider: this.column.dataset.provider,
            day: this.column.dataset.on,
            at: `${String(Math.floor(wall(this.at) / 60)).padStart(2, "0")}:${String(this.at % 60).padStart(2, "0")}`,
            which: isSecond(this.at) ? "1" : "0",
            version: this.version,
        };
        const id = this.id;
        this.drop();
        placed = id;
        send(`/visit/${id}/move/`, values);
    }

    drop() {
        this.ghost.remove();
        carried = null;
        // What was carried here from another day is no longer carried, nor is it when the page is loaded again.
        document.querySelector(".grid__moving")?.remove();
        delete grid.dataset.moving;
        const here = new URL(location.href);
        here.searchParams.delete("moving");
        history.replaceState(history.state, "", here);
        focus(this.source?.isConnected ? this.source : settle());
    }
}

function carry(cell) {
    carried = new Carried({
        id: cell.id.slice("visit-".length),
        version: cell.dataset.version,
        minutes: Number(cell.dataset.minutes),
        name: cell.querySelector("b").textContent,
        at: from(cell),
        column: cell.closest(".grid__column"),
        source: cell,
    });
}

function send(address, values) {
    const open = drawer.querySelector(".drawer") ? "open" : "closed";
    return window.htmx.ajax("POST", address, { target: "#prompt", swap: "innerHTML", values: { ...values, drawer: open } });
}

function show(address) {
    return window.htmx.ajax("GET", address, { target: "#drawer", swap: "innerHTML" });
}

function leave(address) {
    location.assign(address);
}

// --- keys

const VERBS = {
    m: (cell) => cell.matches("[draggable=true]") && carry(cell),
    a: (cell) => leave(`/check-in/${cell.id.slice(6)}/`),
    l: (cell) => show(`${cell.getAttribute("href")}length/`),
    x: (cell) => show(`${cell.getAttribute("href")}cancel/`),
};

// What may be done next depends on where the visit stands, which the server knows: these act on the drawer's button.
for (const key of ["c", "d", "e", "r", "s"]) {
    VERBS[key] = (cell) => show(cell.href).then(() => drawer.querySelector(`[data-key="${key}"]`)?.click());
}

function turn(key) {
    const link = document.querySelector(`[data-turn][data-key="${key}"]`);
    const there = new URL(link.href);
    if (carried) there.searchParams.set("moving", carried.id);
    leave(there);
}

function onCarried(event) {
    if (event.key === "Enter") carried.place();
    else if (event.key === "Escape") carried.drop();
    else if (event.key === "[" || event.key === "]") turn(event.key);
    else if (!carried.key(event.key)) return;
    event.preventDefault();
}

document.addEventListener(
    "keydown",
    (event) => {
        if (carried && !event.ctrlKey && !event.metaKey) onCarried(event);
    },
    true,
);

grid.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const cell = event.target.closest("[data-cell]");
    if (!cell) return;
    const key = event.key.toLowerCase();
    if (event.key.startsWith("Arrow")) travel(cell, event.key);
    else if (cell.matches(".visit") && VERBS[key]) VERBS[key](cell);
    else if (cell.matches(".opening") && (key === "b" || key === "n")) show(cell.href);
    else return;
    event.preventDefault();
});

document.addEventListener("keydown", (event) => {
    const letters = document.documentElement.dataset.letters !== "off";
    const typing = event.target.closest("input, textarea, select");
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && (prompt.firstElementChild || drawer.firstElementChild)) {
        (prompt.firstElementChild ? prompt : drawer).replaceChildren();
        focus(settle());
        event.preventDefault();
    } else if (letters && !typing && (event.key === "b" || event.key === "n") && !prompt.firstElementChild) {
        show("/schedule/book/");
        event.preventDefault();
    }
});

// --- opening

grid.addEventListener("click", (event) => {
    const cell = event.target.closest("[data-cell]");
    if (!cell || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    stopAt(cell);
    for (const other of grid.querySelectorAll("[aria-current=true]")) other.removeAttribute("aria-current");
    if (cell.matches(".visit")) cell.setAttribute("aria-current", "true");
    show(cell.getAttribute("href"));
});

drawer.addEventListener("click", (event) => {
    if (!event.target.closest("[data-close]")) return;
    event.preventDefault();
    const kept = grid.querySelector("[aria-current=true]");
    drawer.replaceChildren();
    kept?.removeAttribute("aria-current");
    focus(kept ?? settle());
});

// --- by hand: drag to move, drag the lower edge to make longer or shorter

let lifted = null;

grid.addEventListener("dragstart", (event) => {
    const cell = event.target.closest(".visit[draggable=true]");
    if (!cell || stretched) return event.preventDefault();
    lifted = { cell, offset: event.clientY - cell.getBoundingClientRect().top };
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", "");
    cell.classList.add("is-dragged");
});

function minuteAt(column, y) {
    const box = column.getBoundingClientRect();
    const raw = first() + ((y - box.top) / box.height) * (last() - first());
    return Math.round(raw / 5) * 5;
}

grid.addEventListener("dragover", (event) => {
    const column = event.target.closest(".grid__column");
    if (!lifted || !column) return;
    event.preventDefault();
    const at = minuteAt(column, event.clientY - lifted.offset);
    if (!carried) carry(lifted.cell);
    if (carried.at !== at || carried.column !== column) carried.to(at, column);
    scrollNear(event);
});

grid.addEventListener("drop", (event) => {
    event.preventDefault();
    carried?.place();
});

grid.addEventListener("dragend", () => {
    lifted?.cell.classList.remove("is-dragged");
    lifted = null;
    carried?.drop();
});

function scrollNear(event) {
    const pane = grid.closest("[data-scroll]");
    const box = pane.getBoundingClientRect();
    if (event.clientY < box.top + 72) pane.scrollBy(0, -24);
    if (event.clientY > box.bottom - 48) pane.scrollBy(0, 24);
    if (event.clientX > box.right - 48) pane.scrollBy(24, 0);
    if (event.clientX < box.left + 96) pane.scrollBy(-24, 0);
}

let stretched = null;

grid.addEventListener("pointerdown", (event) => {
    const cell = event.target.closest(".visit__grip")?.closest(".visit");
    if (!cell) return;
    event.preventDefault();
    stretched = { cell, minutes: Number(cell.dataset.minutes) };
    cell.draggable = false;
    carry(cell);
    grid.setPointerCapture(event.pointerId);
});

grid.addEventListener("pointermove", (event) => {
    if (!stretched || !carried) return;
    const until = minuteAt(carried.column, event.clientY);
    carried.minutes = Math.max(5, until - carried.at);
    carried.show();
});

grid.addEventListener("pointerup", () => {
    if (!stretched) return;
    const { cell, minutes } = stretched;
    const wanted = carried.minutes;
    stretched = null;
    carried.drop();
    cell.draggable = true;
    if (wanted !== minutes) send(`/visit/${cell.id.slice(6)}/length/`, { minutes: wanted, version: cell.dataset.version });
});

// --- what the server needs to know of the grid, and where the focus goes when it answered

document.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.verb !== "post") return;
    const given = event.detail.parameters;
    const values = { first: grid.dataset.first, last: grid.dataset.last, repeated: grid.dataset.repeated ?? "", week: grid.classList.contains("grid--week") ? "1" : "", columns: columns().map((one) => one.id.slice(7)).join(" ") };
    for (const [name, value] of Object.entries(values)) if (!given.has?.(name)) given[name] = value;
});

document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target === drawer) {
        const aside = drawer.querySelector(".drawer");
        const begin = aside?.querySelector("[autofocus]") ?? aside;
        begin?.focus();
        begin?.select?.();
    }
    const asked = prompt.querySelector("[data-told] button");
    const dialog = prompt.querySelector("dialog[data-show]");
    if (dialog && !dialog.open) dialog.showModal();
    else if (event.target === prompt) {
        // What was just acted on stays in hand: its visit, or its drawer when it stands on another day now.
        const shown = drawer.querySelector(".drawer[data-visit]");
        const visit = document.getElementById(`visit-${placed ?? shown?.dataset.visit}`);
        if (!asked) placed = null;
        if (!asked && visit) focus(visit);
        else (asked ?? shown ?? settle())?.focus();
    }
    settle();
});

document.addEventListener("close", (event) => event.target.id === "conflict" && (prompt.replaceChildren(), focus(settle())), true);

// --- the booking form: the list narrows as one types, Enter takes the first and goes to the button

let waiting;
document.addEventListener("input", (event) => {
    const form = event.target.matches("[data-find]") && event.target.form;
    if (!form) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => find(form), 120);
});

function find(form) {
    const values = { find: "1", who: form.elements.who.value, csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value };
    return window.htmx.ajax("POST", form.action, { target: "#found", swap: "innerHTML", values });
}

document.addEventListener("keydown", async (event) => {
    if (event.key !== "Enter" || !event.target.matches("[data-find]")) return;
    event.preventDefault();
    clearTimeout(waiting);
    const form = event.target.form;
    await find(form);
    const found = form.querySelectorAll("[name=patient]");
    // Who is meant is clear before one has seen the answer only when it names one person.
    if (found.length !== 1) letGo();
    if (!found.length) return;
    found[0].checked = true;
    chosen(form, found[0]);
    form.querySelector("[data-submit]").focus();
});

document.addEventListener("change", (event) => event.target.matches("[name=patient]") && chosen(event.target.form, event.target));

function chosen(form, radio) {
    const button = form?.querySelector("[data-submit]");
    if (button) button.textContent = `Book ${radio.dataset.name}`;
    say(radio.closest("label").textContent);
}

// --- at the start

const stop = settle();
if (grid.dataset.moving) {
    const column = grid.querySelector(`.grid__column[data-provider="${grid.dataset.provider}"]`) ?? columns()[0];
    const [hour, minute] = grid.dataset.at.split(":").map(Number);
    const at = hour * 60 + minute;
    if (column) {
        const { moving: id, version, minutes, name } = grid.dataset;
        carried = new Carried({ id, version, minutes: Number(minutes), name, at: at >= repeated + 60 ? at + 60 : at, column, source: null });
        carried.begin = {};
    }
} else if (stop && !drawer.firstElementChild && document.activeElement === document.body) {
    stop.focus({ preventScroll: true });
}
grid.querySelector(".grid__clock")?.scrollIntoView({ block: "center" });
