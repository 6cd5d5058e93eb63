/* Beside the worker: loaded only where somebody keeps parts on this phone, or is asked whether to. */
(function () {
  "use strict";
  if (window.keptOnce || !navigator.serviceWorker || !window.indexedDB) return;
  window.keptOnce = true;
  var services = navigator.serviceWorker;

  function ask(what, more) {
    return new Promise(function (done, fail) {
      var line = new MessageChannel();
      line.port1.onmessage = function (event) { "told" in event.data ? done(event.data.told) : fail(event.data.failed); };
      services.ready.then(function (one) { one.active.postMessage(Object.assign({ do: what }, more), [line.port2]); });
    });
  }
  function plain(html) { return new DOMParser().parseFromString(html, "text/html").body.textContent; }
  function made(name, words, more) { return Object.assign(document.createElement(name), { textContent: words }, more); }
  function link(part) { return made("a", plain(part.title), { href: part.path }); }

  /* One notice on top of the page */
  function say(words, acts) {
    var old = document.getElementById("kept-notice");
    if (old) old.remove();
    var notice = made("div", "", { id: "kept-notice", className: "content-note" });
    notice.setAttribute("role", "status");
    notice.append(made("p", words));
    var row = made("div", "", { className: "row" });
    (acts || []).forEach(function (act) { row.append(act); });
    if (acts) notice.append(row);
    document.getElementById("main").prepend(notice);
    return notice;
  }
  function button(words, act, kind) {
    var made_button = made("button", words, { type: "button", className: "button compact " + (kind || "secondary") });
    made_button.addEventListener("click", act);
    return made_button;
  }

  /* What waits */
  function handOver(item) {  /* posts it as a page of its own, so that both versions are shown */
    return ask("read", { id: item.id }).then(function (told) {
      return fetch("/my/phone/line.json?page=" + encodeURIComponent(told.path), { cache: "no-store" }).then(function (answer) {
        if (!answer.ok || answer.redirected) { window.location.assign(told.path); return null; }
        return answer.json();
      }).then(function (tokens) {
        if (!tokens) return;
        var form = made("form", "", { method: "post", action: told.path, hidden: true });
        told.fields.concat([["csrfmiddlewaretoken", tokens.csrf], ["draft_token", tokens.draft]]).forEach(function (field) {
          form.append(made("input", "", { type: "hidden", name: field[0], value: field[1] }));
        });
        document.body.append(form);
        form.submit();
      });
    });
  }
  function told(state, sent) {
    var look = state.waiting.filter(function (item) { return item.state === "look"; })[0];
    if (look) {
      say(state.words.look, [button(state.words.look_at, function () { handOver(look); })]);
    } else if (sent) {
      window.setTimeout(ask, 1500, "told");  /* somebody who leaves the page sooner is told on the next one */
      say(state.words.sent, [made("a", state.words.show, { href: sent, className: "button secondary compact" })]);
    }
  }
  function state() { return ask("state", { path: window.location.pathname }); }
  function send() {
    return ask("send").then(function (sent) {
      return state().then(function (after) { told(after, sent); return after; });
    });
  }

  /* A kept page: what waits for it stands in its boxes again */
  function giveBack(form) {
    state().then(function (now) {
      if (!now.here) return;
      say(now.here.fields ? now.words.waits : now.words.covered);
      if (!now.here.fields) return;
      form.elements.kept.value = now.here.id;
      now.here.fields.forEach(function (field) {
        document.getElementsByName(field[0]).forEach(function (box) {
          if (box.type === "radio" || box.type === "checkbox") box.checked = box.checked || box.value === field[1];
          else if (box.tagName === "TEXTAREA") box.value = field[1];
        });
      });
    });
  }
  function listParts(place) {
    ask("parts").then(function (parts) {
      parts.forEach(function (part) { var row = document.createElement("li"); row.append(link(part)); place.querySelector("ul").append(row); });
      place.hidden = !parts.length;
    });
  }

  /* Signing out takes what waits away: not without a word */
  function guard(form) {
    var sure = false;
    form.addEventListener("submit", function (event) {
      if (sure || !services.controller) return;
      event.preventDefault();
      event.stopPropagation();
      var late = new Promise(function (done) { window.setTimeout(done, 2000, { waiting: [] }); });
      Promise.race([state(), late]).then(function (now) {
        if (!now.waiting.length) { sure = true; form.requestSubmit(); return; }
        var notice = say(now.words.loses, [
          button(now.words.send_first, function () {
            send().then(function (after) {
              if (after && after.waiting.length) { if (!document.getElementById("kept-notice").textContent.includes(after.words.look)) say(after.words.no_line); }
            });
          }),
          button(now.words.sign_out, function () { sure = true; form.requestSubmit(); }, "warning"),
        ]);
        notice.scrollIntoView();
      });
    }, true);
  }

  /* The page that offers it */
  function offer(place) {
    var part = function (name) { return place.querySelector("[data-keep=" + name + "]"); };
    var said = function (name) { part("said").textContent = name ? part(name).innerHTML : ""; part("said").hidden = !name; };
    var list = part("waiting").querySelector("ul");

    function shown(now) {
      part("without").hidden = true;
      part("yes").hidden = !now.kept;
      part("no").hidden = now.kept;
      part("waiting").hidden = !now.waiting.length;
      list.replaceChildren.apply(list, now.waiting.map(row));
    }
    function row(item) {
      var made_row = part("row").content.cloneNode(true);
      made_row.querySelector("h3").append(link(item));
      made_row.querySelector("p").textContent = new Date(item.at).toLocaleString(document.documentElement.lang);
      made_row.querySelectorAll("button").forEach(function (one) {
        one.addEventListener("click", function () {
          if (one.value === "look") handOver(item);
          if (one.value === "drop") ask("drop", { id: item.id }).then(state).then(shown);
          if (one.value === "read") ask("read", { id: item.id }).then(function (told) { read(one, told); });
        });
      });
      return made_row;
    }
    function read(one, told) {
      told.fields.forEach(function (field) {
        if (/-/.test(field[0]) && !/-seen$/.test(field[0]) && field[1]) one.closest("li").append(made("p", field[1]));
      });
      one.remove();
    }
    function current() {
      return services.getRegistration("/").then(function (one) { return one && one.active ? state() : { kept: false, waiting: [] }; });
    }
    part("no").addEventListener("click", function (event) {
      if (event.target.tagName !== "BUTTON") return;
      event.target.disabled = true;
      services.register("/service-worker.js").then(function () {
        return ask("keep", { parts: place.dataset.parts.split(" ").filter(Boolean) });
      }).catch(function () { return false; }).then(function (kept) {
        event.target.disabled = false;
        said(kept ? "kept" : "not");
        return current().then(shown);
      });
    });
    part("yes").addEventListener("click", function (event) {
      if (!event.target.matches(".warning")) return;
      ask("forget").then(function () { said("off"); shown({ kept: false, waiting: [] }); });
    });
    current().then(shown);
  }

  function begin() {
    var form = document.getElementById("work"), parts = document.querySelector("[data-kept-parts]");
    var place = document.querySelector(".keep-here");
    if (place) offer(place);
    if (!services.controller) return;
    if (form && form.elements.kept) giveBack(form);
    else if (parts) listParts(parts);
    else send();
    document.querySelectorAll("form[action='/accounts/logout/']").forEach(guard);
    window.addEventListener("online", send);
  }
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
