// A narrow screen shows one column of the grid at a time. Its tabs are links; here they slide to the column instead,
// and say which one a swipe left in view.
const grid = document.getElementById("grid");
const pane = grid.closest("[data-scroll]");
const tabs = [...document.querySelectorAll(".grid__tab")];

const columnOf = (tab) => grid.querySelector(`.grid__column[data-provider="${tab.dataset.provider}"][data-on="${tab.dataset.on}"]`);
const gutter = () => grid.querySelector(".grid__hours").offsetWidth;

function mark(current) {
    for (const tab of tabs) {
        if (tab === current) tab.setAttribute("aria-current", "true");
        else tab.removeAttribute("aria-current");
    }
    current?.parentElement.scrollTo({ left: current.offsetLeft - current.parentElement.clientWidth / 2 + current.offsetWidth / 2 });
}

function slide(tab, behavior) {
    const column = columnOf(tab);
    if (column) pane.scrollTo({ left: column.offsetLeft - gutter(), behavior });
    return column;
}

document.querySelector(".grid__tabs")?.addEventListener("click", (event) => {
    const tab = event.target.closest(".grid__tab");
    if (!tab || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (!slide(tab, still ? "auto" : "smooth")) return;
    event.preventDefault();
    mark(tab);
});

let waiting;
pane.addEventListener("scroll", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
        const there = tabs.filter(columnOf);
        const away = (tab) => Math.abs(columnOf(tab).offsetLeft - gutter() - pane.scrollLeft);
        if (there.length > 1) mark(there.reduce((near, tab) => (away(tab) < away(near) ? tab : near)));
    }, 80);
}, { passive: true });

// The week begins at the day in hand, the day at the provider chosen last.
const begin = tabs.find((tab) => tab.hasAttribute("aria-current"));
if (begin && tabs.filter(columnOf).length > 1 && getComputedStyle(begin.parentElement).display !== "none") slide(begin, "auto");
