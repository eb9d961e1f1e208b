"use strict";
// Works on top of a page that works without it: Ctrl+Enter asks, a file that is dropped on the text is read, the answer is moved to.
const text = document.getElementById("text");
if (text) {
  text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) text.form.requestSubmit();
  });
  text.addEventListener("drop", (event) => {
    const file = event.dataTransfer.files[0];
    if (!file) return;
    event.preventDefault();
    file.text().then((read) => { text.value = read; });
  });
}
const answer = document.getElementById("answer-head");
if (answer) answer.focus();
