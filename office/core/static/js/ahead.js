// Typing ahead. A key pressed while the answer to the last one is on its way belongs to what that answer brings:
// it waits, and acts there. Escape lets go of what waits; so does a refusal, since nobody had foreseen it.
const KEPT = 5000;
const LEAVING = 1500;
const ACTS = "a[href], button, summary, input[type=checkbox], input[type=radio], input[type=submit]";

const asked = new Set();
let waiting = [];
let leavingSince = -Infinity;

export function typing(target) {
    return target.closest("input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select, [contenteditable]");
}

// For a screen whose answer needs to be looked at before the next key.
export function letGo() {
    waiting = [];
}

const isLeaving = () => performance.now() - leavingSince < LEAVING;

// What refreshes by itself, or as one types, keeps nobody waiting: only a press has no trigger of its own.
document.addEventListener("htmx:beforeSend", ({ detail: { xhr, elt } }) => {
    if (elt.hasAttribute("hx-trigger")) return;
    asked.add(xhr);
    // After the swap, whatever became of the request.
    xhr.addEventListener("loadend", () => {
        asked.delete(xhr);
        if (xhr.status < 200 || xhr.status >= 400) letGo();
        setTimeout(release);
    });
});

// Between two pages a key belongs to neither: it must not act on the one that is going.
addEventListener("beforeunload", () => (leavingSince = performance.now()));
addEventListener("pageshow", () => (leavingSince = -Infinity));

addEventListener(
    "keydown",
    (event) => {
        const { key, target } = event;
        if (!event.isTrusted || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
        if (key === "Escape") letGo();
        if (!asked.size && !waiting.length && !isLeaving()) return;
        if (key.length > 1 && key !== "Enter" && key !== "Backspace" && !key.startsWith("Arrow")) return;
        // Letters go on into the field they are typed into, until something waits that comes before them.
        if (typing(target) && key !== "Enter" && !waiting.length) return;
        event.preventDefault();
        event.stopImmediatePropagation();
        if (!event.repeat && !isLeaving()) waiting.push({ key, at: performance.now() });
    },
    true,
);

function release() {
    while (waiting.length && !asked.size && !isLeaving()) {
        const { key, at } = waiting.shift();
        if (performance.now() - at < KEPT) press(key);
    }
}

// What the browser itself would do with the key comes after what the page does, as with a real one.
function press(key) {
    const target = document.activeElement ?? document.body;
    const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
    if (!target.dispatchEvent(event)) return;
    if (target.matches(ACTS)) {
        if (key === "Enter" || key === " ") target.click();
    } else if (typing(target)) {
        if (key === "Enter") target.form?.requestSubmit();
        else if (key === "Backspace") document.execCommand("delete");
        else if (key.length === 1) document.execCommand("insertText", false, key);
    }
}
