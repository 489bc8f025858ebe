// The desk: the list narrows as one types, and a held Enter never checks in a second person.
const box = document.querySelector("[data-filter]");

// As typed in a hurry: no capitals, no accents.
const plain = (words) => words.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");

function narrow() {
    const words = plain(box.value).replace(",", " ").split(/\s+/).filter(Boolean);
    for (const item of document.querySelectorAll("[data-filtered]")) {
        item.hidden = !words.every((word) => plain(item.dataset.filtered).includes(word));
    }
}

box?.addEventListener("input", narrow);
box?.addEventListener("keydown", (event) => {
    // Out of the box, so that letters are keys again.
    if (event.key === "Escape") {
        event.preventDefault();
        box.value = "";
        narrow();
        (document.querySelector("[data-filtered] a") ?? document.querySelector("[data-walk-in]")).focus();
        return;
    }
    if (event.key !== "Enter") return;
    event.preventDefault();
    const left = [...document.querySelectorAll("[data-filtered]:not([hidden]) a")];
    // Enter opens the window only when one person is left: two with one name are told apart by eye.
    if (left.length === 1 && !event.repeat) left[0].click();
    // Nobody of that name is expected: whoever stands here walked in.
    else if (!left.length && !event.repeat) document.querySelector("[data-walk-in]")?.focus();
    else left[0]?.focus();
});

document.addEventListener(
    "keydown",
    (event) => {
        if (event.repeat && event.key === "Enter" && event.target.closest("[data-check-in]")) event.preventDefault();
    },
    true,
);
