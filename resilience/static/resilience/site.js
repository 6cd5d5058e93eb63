/* Everything here is extra: each page works without it. */
(function () {
  "use strict";

  function focusOn(hash) {
    var target = hash.length > 1 && document.getElementById(decodeURIComponent(hash.slice(1)));
    if (!target) return;
    var field = target.matches("input, select, textarea") ? target : target.querySelector("input, select, textarea");
    if (field) {
      field.focus({ preventScroll: true });
      (field.closest(".field") || field).scrollIntoView();
    }
  }

  function leave(link) {
    document.documentElement.hidden = true;
    window.location.replace(link.href);
  }

  /* Save what is typed a few seconds after the typing stops, and when the page is put away. */
  function autosave(form) {
    var word = document.getElementById("kept-word");
    var timer = 0, sending = null, changed = false;

    function renew(told) {
      Object.keys(told.fields).forEach(function (name) { form.elements[name].value = told.fields[name]; });
    }

    function send() {
      window.clearTimeout(timer);
      if (!changed || sending) return;
      changed = false;
      var typed = new URLSearchParams(new FormData(form));
      typed.set("do", "save");
      sending = fetch(form.action, { method: "POST", body: typed, headers: { Accept: "application/json" }, keepalive: String(typed).length < 60000 })
        .then(function (answer) { if (!answer.ok || answer.redirected) throw answer; return answer.json(); })
        .then(function (told) { renew(told); word.textContent = form.dataset.kept; })
        .catch(function () { word.textContent = form.dataset.notKept; })
        .then(function () { sending = null; });
    }

    function later(event) {
      if (event.target.form !== form) return;
      changed = true;
      word.textContent = "";
      window.clearTimeout(timer);
      timer = window.setTimeout(send, 4000);
    }

    document.addEventListener("input", later);
    document.addEventListener("visibilitychange", function () { if (document.hidden) send(); });
    form.addEventListener("submit", function (event) {
      window.clearTimeout(timer);
      changed = false;
      if (!sending) return;
      event.preventDefault();  // else the page would be taken for another device's
      sending.then(function () { form.requestSubmit(event.submitter); });
    });
  }

  document.addEventListener("DOMContentLoaded", function () {
    var summary = document.querySelector(".error-summary");
    if (summary) summary.focus();

    var exit = document.querySelector(".quick-exit a");
    var shifts = 0;
    if (exit) {
      document.addEventListener("keyup", function (event) {
        shifts = event.key === "Shift" ? shifts + 1 : 0;
        if (shifts === 3) leave(exit);
      });
    }

    document.addEventListener("click", function (event) {
      var link = event.target.closest("a");
      if (!link) return;
      if (link === exit) { event.preventDefault(); leave(link); }
      if (link.closest(".error-summary") && link.hash) { event.preventDefault(); focusOn(link.hash); }
    });

    document.addEventListener("submit", function (event) {
      var form = event.target;
      if (form.dataset.sent) { event.preventDefault(); return; }
      if (form.method === "post" && !event.defaultPrevented && !form.hasAttribute("data-again")) {
        form.dataset.sent = "1";
        window.setTimeout(function () { delete form.dataset.sent; }, 4000);
      }
    });

    var worker = navigator.serviceWorker, keep = document.querySelector("script[data-keep]");
    if (worker && worker.controller && keep) {
      var extra = document.createElement("script");
      extra.src = keep.dataset.keep;
      document.head.append(extra);
    }

    document.querySelectorAll("form[data-autosave]").forEach(autosave);
    document.querySelectorAll("[data-autosubmit]").forEach(function (field) {
      field.addEventListener("change", function () { field.form.requestSubmit(); });
    });
    document.querySelectorAll("button[data-print]").forEach(function (button) {
      button.hidden = false;
      button.addEventListener("click", function () { window.print(); });
    });
  });
})();
