// Keys. Markup says what a key does:
//   data-chord="k"    with Ctrl, from anywhere
//   data-go="s"       after g
//   data-key="m"      inside [data-item]: while the focus is in that item; elsewhere: on the whole screen, if letters are on
//   data-items        a list whose [data-item]s are traveled by arrows and J/K ("own" when the screen does it itself)
// Every one of them is a link or a button that can be pressed.
import { typing } from "./ahead.js";
import { blur, open } from "./frame.js";

const GO_WITHIN = 1200;
let wentAt = 0;

const lettersOn = () => document.documentElement.dataset.letters !== "off";
const shown = (element) => element.getClientRects().length > 0;

function press(element) {
    element.focus({ preventScroll: true });
    element.click();
}

function find(scope, attribute, key) {
    return [...scope.querySelectorAll(`[${attribute}="${CSS.escape(key)}"]`)].find(shown);
}

// A verb belongs to the line the focus is in; a figure names a line, so it acts from anywhere.
const ofItem = (element) => element.closest("[data-item]") && !/^[1-9]$/.test(element.dataset.key);

// A key that acts on the whole screen, or in the dialog on top of it.
function onScreen(key) {
    const scope = document.querySelector("dialog[open]") ?? document;
    return [...scope.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].find(
        (element) => shown(element) && !ofItem(element),
    );
}

function travel(event, step) {
    const list = event.target.closest("[data-items]") ?? document.querySelector("[data-items]");
    if (!list || list.dataset.items === "own") return false;
    const items = [...list.querySelectorAll("[data-item]")].filter(shown);
    if (!items.length) return false;
    const here = items.findIndex((item) => item.contains(document.activeElement));
    const next = items[here < 0 ? (step > 0 ? 0 : items.length - 1) : Math.min(items.length - 1, Math.max(0, here + step))];
    const target = next.matches("a, button, [tabindex]") ? next : next.querySelector("[data-focus], a, button");
    target?.focus();
    target?.scrollIntoView({ block: "nearest" });
    next.dispatchEvent(new CustomEvent("item:chosen", { bubbles: true }));
    return true;
}

function undo() {
    const form = [...document.querySelectorAll(".toasts [data-undo], #happened [data-undo]")].at(0);
    form?.requestSubmit();
    return Boolean(form);
}

function chord(event) {
    if (event.key === ".") return blur(), true;
    const target = find(document, "data-chord", event.key.toLowerCase());
    return target ? (press(target), true) : false;
}

function letter(event) {
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const item = event.target.closest("[data-item]");
    const verb = item && find(item, "data-key", key);
    if (verb) return press(verb), true;
    if (event.key === "ArrowDown") return travel(event, 1);
    if (event.key === "ArrowUp") return travel(event, -1);
    if (!lettersOn()) return false;
    if (Date.now() - wentAt < GO_WITHIN) {
        wentAt = 0;
        const place = document.querySelector(`[data-go="${CSS.escape(key)}"]`);
        if (place) return place.click(), true;
    }
    if (event.key === "?") return open("keys");
    if (key === "g") return (wentAt = Date.now()), true;
    // Behind a dialog nothing is undone: one does not see it.
    if (key === "z") return !document.querySelector("dialog[open]") && undo();
    if (key === "j") return travel(event, 1);
    if (key === "k") return travel(event, -1);
    const target = onScreen(key);
    return target ? (press(target), true) : false;
}

document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.altKey) return;
    const done = event.ctrlKey || event.metaKey ? chord(event) : !typing(event.target) && letter(event);
    if (done) event.preventDefault();
});

// The key sheet lists what this screen and its items answer to, unless the page brought its own list.
function pairs(elements) {
    const seen = new Map();
    for (const element of elements) {
        const words = element.dataset.keyWords ?? (element.getAttribute("aria-label") || ownWords(element));
        if (shown(element) && !seen.has(element.dataset.key)) seen.set(element.dataset.key, words);
    }
    return [...seen].map(([key, words]) => {
        const row = document.createElement("div");
        row.className = "keys__pair";
        const cap = Object.assign(document.createElement("kbd"), { textContent: key.toUpperCase() });
        const term = document.createElement("dt");
        term.append(cap);
        row.append(term, Object.assign(document.createElement("dd"), { textContent: words }));
        return row;
    });
}

function ownWords(element) {
    const copy = element.cloneNode(true);
    for (const cap of copy.querySelectorAll("kbd, .sr")) cap.remove();
    return copy.textContent.trim().replace(/\s+/g, " ");
}

function fill(section, elements) {
    const rows = section ? pairs(elements) : [];
    if (!rows.length) return;
    section.querySelector("dl").replaceChildren(...rows);
    section.hidden = false;
}

document.getElementById("keys")?.addEventListener("dialog:open", (event) => {
    const sheet = event.currentTarget;
    const keyed = [...document.querySelectorAll("[data-key]")].filter((element) => !element.closest("dialog, .top"));
    fill(sheet.querySelector("[data-keys-item]"), keyed.filter(ofItem));
    fill(sheet.querySelector("[data-keys-screen]"), keyed.filter((element) => !ofItem(element)));
});
