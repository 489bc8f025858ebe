// A line of what happened stays eight seconds, longer while it is looked at, and is read out.
import { say } from "./frame.js";

const STAYS = 8000;
const region = document.getElementById("toasts");

function watch(line) {
    let timer;
    const start = () => (timer = setTimeout(() => line.remove(), STAYS));
    const stop = () => clearTimeout(timer);
    line.addEventListener("pointerenter", stop);
    line.addEventListener("pointerleave", start);
    line.addEventListener("focusin", stop);
    line.addEventListener("focusout", start);
    say(line.querySelector("span")?.textContent + (line.querySelector("[data-undo]") ? ". Z takes it back." : ""));
    start();
}

if (region) {
    for (const line of region.querySelectorAll(".toast")) watch(line);
    new MutationObserver((changes) => {
        for (const line of changes.flatMap((change) => [...change.addedNodes])) {
            if (line instanceof HTMLElement && line.matches(".toast")) watch(line);
        }
    }).observe(region, { childList: true });
    // A way back leads to where the person is now.
    document.addEventListener("submit", (event) => {
        const next = event.target.closest("[data-undo]")?.elements.next;
        if (next) next.value = location.pathname + location.search;
    });
}
