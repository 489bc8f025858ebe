// The reader follows the row that the keys travel to; the row shows that it is the one.
const list = document.querySelector("[data-worklist]");

function mark(row) {
    list.querySelector("[aria-current]")?.removeAttribute("aria-current");
    row.setAttribute("aria-current", "true");
}

list?.addEventListener("item:chosen", (event) => event.target.querySelector("a")?.click());
list?.addEventListener("click", (event) => {
    const row = event.target.closest("a.row");
    if (row) mark(row);
});
