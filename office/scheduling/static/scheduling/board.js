// The board refreshes in place: whoever stands on a card stays on it, also when the card went to another stage.
const board = document.getElementById("board");
let stoodOn = "";

board?.addEventListener("htmx:beforeSwap", () => {
    stoodOn = board.contains(document.activeElement) ? document.activeElement.closest("[data-item]")?.id ?? "" : "";
});
board?.addEventListener("htmx:afterSwap", () => {
    if (stoodOn) document.getElementById(stoodOn)?.querySelector("[data-focus]")?.focus({ preventScroll: true });
});
