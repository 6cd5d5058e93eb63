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

    document.querySelectorAll("[data-autosubmit]").forEach(function (field) {
      field.addEventListener("change", function () { field.form.requestSubmit(); });
    });
    document.querySelectorAll("button[data-print]").forEach(function (button) {
      button.hidden = false;
      button.addEventListener("click", function () { window.print(); });
    });
  });
})();
