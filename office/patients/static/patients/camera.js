// A picture from this computer's camera goes into the file field beside it, as if it had been chosen from a file.
const fields = document.querySelectorAll("input[type=file][data-camera]");

if (navigator.mediaDevices?.getUserMedia) for (const field of fields) offer(field);

function offer(field) {
    const box = document.createElement("div");
    box.className = "camera";
    const start = button("Use the camera", () => open(field, box, start));
    box.append(start);
    field.after(box);
}

async function open(field, box, start) {
    let stream;
    try {
        stream = await navigator.mediaDevices.getUserMedia({ video: { width: { ideal: 1600 } } });
    } catch {
        start.replaceWith(words("No camera can be used here. Choose a file instead."));
        return;
    }
    const video = document.createElement("video");
    Object.assign(video, { srcObject: stream, muted: true, playsInline: true });
    const close = () => {
        for (const track of stream.getTracks()) track.stop();
        box.replaceChildren(start);
    };
    const take = button("Take it", async () => {
        const picture = await still(video);
        const chosen = new DataTransfer();
        chosen.items.add(new File([picture], "camera.jpg", { type: "image/jpeg" }));
        field.files = chosen.files;
        close();
        start.textContent = "Take another";
        box.append(words("Taken. Save keeps it."));
        start.focus();
    });
    box.replaceChildren(video, take, button("Leave the camera", close));
    window.addEventListener("pagehide", close, { once: true });
    await video.play();
    take.focus();
}

function still(video) {
    const canvas = document.createElement("canvas");
    canvas.width = video.videoWidth;
    canvas.height = video.videoHeight;
    canvas.getContext("2d").drawImage(video, 0, 0);
    return new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.92));
}

function button(text, press) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "btn";
    made.textContent = text;
    made.addEventListener("click", press);
    return made;
}

function words(text) {
    const made = document.createElement("p");
    made.className = "hint";
    made.setAttribute("role", "status");
    made.textContent = text;
    return made;
}
