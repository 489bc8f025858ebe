// An unattended screen shows nobody's chart. The server decides; each tab asks it, and tells the other tabs what it saw.

const form = document.querySelector("[data-attended]");
const tabs = new BroadcastChannel("attended");
const PAUSE = 15_000; // between two looks at the clock
const TOLD_AGAIN = 60_000; // typing is told to the server this often: a long note is no absence

function leave() {
    // Not reload(): a page that answered a form would ask whether to send it again.
    location.replace(location.pathname + location.search);
}

if (form) {
    const idle = Number(form.dataset.minutes) * 60_000;
    let seen = Date.now();
    let told = seen;

    const ask = async () => {
        const answer = await fetch(form.action, { headers: { "HX-Polling": "1" }, redirect: "manual" }).catch(() => null);
        // Without a server nobody can prove who sits there, so the screen is only covered.
        if (!answer) document.documentElement.toggleAttribute("data-blurred", true);
        else if (!answer.ok) leave();
        else seen = Date.now() - idle + 1000 * Number(await answer.text());
    };
    const look = () => {
        if (Date.now() - seen >= idle) ask();
    };
    const note = () => {
        const now = Date.now();
        // Whoever comes back late finds it locked: touching the mouse proves nothing.
        if (now - seen >= idle) return ask();
        seen = now;
        if (now - told < TOLD_AGAIN) return;
        told = now;
        fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual" }).catch(() => null);
    };

    for (const kind of ["keydown", "pointerdown", "pointermove", "wheel"]) {
        addEventListener(kind, note, { passive: true, capture: true });
    }
    setInterval(look, PAUSE);
    // A background tab's clock is slow, and a computer that slept has none.
    document.addEventListener("visibilitychange", look);
    addEventListener("pageshow", (event) => event.persisted && ask());
    tabs.addEventListener("message", ({ data }) => data === "left" && ask());
    tabs.postMessage("here");
} else {
    tabs.postMessage("left");
    const back = new URLSearchParams(location.search).get("next");
    tabs.addEventListener("message", ({ data }) => {
        if (data === "here" && document.querySelector("[data-locked]")) location.replace(back?.match(/^\/(?!\/)/) ? back : "/");
    });
}
