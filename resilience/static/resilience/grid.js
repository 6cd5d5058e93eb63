/* Counts the grid of questions while boxes are ticked. The button "Count again" does the same without it. */
(function () {
  "use strict";

  var form = document.querySelector("[data-grid]");
  if (!form) return;

  function cell(what, key) {
    return form.querySelector('[data-sum="' + what + '"]' + (key ? '[data-of="' + key + '"]' : ""));
  }

  function show(target, value, most) {
    target.textContent = value;
    document.querySelectorAll('[data-said="' + target.dataset.sum + '"]').forEach(function (one) { one.textContent = value; });
    if (most !== undefined) target.classList.toggle("over", value > most);
    return most !== undefined && value > most;
  }

  function count() {
    var questions = {}, minutes = {}, limits = form.dataset, all = Number(limits.besides), time = 0, over = false;
    form.querySelectorAll("[data-sum=questions]").forEach(function (one) { questions[one.dataset.of] = minutes[one.dataset.of] = 0; });
    form.querySelectorAll("input[type=checkbox]:checked").forEach(function (box) {
      questions[box.value] += Number(box.dataset.questions);
      minutes[box.value] += Number(box.dataset.minutes);
    });
    Object.keys(questions).forEach(function (key) {
      var whole = Math.ceil(minutes[key] - 1e-9);
      over = show(cell("questions", key), questions[key], Number(limits.mostQuestions)) || over;
      over = show(cell("minutes", key), whole, Number(limits.mostMinutes)) || over;
      all += questions[key];
      time += whole;
    });
    over = show(cell("all"), all, Number(limits.most)) || over;
    over = show(cell("with-calls"), all + Number(limits.aroundCalls), Number(limits.mostWithCalls)) || over;
    show(cell("all-minutes"), time);
    document.getElementById("too-many").hidden = !over;
  }

  form.addEventListener("change", count);
})();
