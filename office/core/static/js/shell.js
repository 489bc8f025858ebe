// The frame's behavior. Everything here has a button, a link or a form that works without it.
import "./ahead.js";
import "./attended.js";
import "./keys.js";
import "./palette.js";
import "./toast.js";
import "./frame.js";
import "./park.js";

// From here on keys are heard.
document.documentElement.toggleAttribute("data-ready", true);
