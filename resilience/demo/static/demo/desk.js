// Shows what has changed once a second; without it there is a link to look again.
"use strict";

async function look() {
  if (document.hidden) return;
  let answer;
  try {
    answer = await fetch(location.href, { headers: { "X-Requested-With": "fetch" } });
  } catch {
    return;
  }
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const place of document.querySelectorAll("[data-live]")) {
    const now = fresh.querySelector(`[data-live="${place.dataset.live}"]`);
    if (!now || now.innerHTML === place.innerHTML) continue;
    place.innerHTML = now.innerHTML;
    place.className = now.className;
    place.scrollTop = place.scrollHeight;
  }
  for (const field of document.querySelectorAll("[role=group] input[name=number]")) {
    const form = field.form.getAttribute("action");
    const now = fresh.querySelector(`form[action="${form}"] input[name=number]`);
    if (now) field.value = now.value;
  }
}

async function go() {
  for (;;) {
    await new Promise((done) => setTimeout(done, 1000));
    await look();
  }
}

go();
