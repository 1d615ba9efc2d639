// Makes the page nicer where scripts run; nothing needs it. Keys, suggestions as one types, and copying a quote.
"use strict";

const typing = (element) => element.matches("input, textarea, select, [contenteditable]");
const fields = [...document.querySelectorAll("[data-suggest]")];

function move(step) {
  const marks = [...document.querySelectorAll(".text mark")];
  const entries = marks.length ? marks : [...document.querySelectorAll(".entries > li")];
  if (!entries.length) return;
  const at = entries.findIndex((entry) => entry.classList.contains("current"));
  const to = Math.min(Math.max(at + step, 0), entries.length - 1);
  entries.forEach((entry, number) => entry.classList.toggle("current", number === to));
  const link = entries[to].querySelector("a[href]");
  (link || entries[to]).focus();
  entries[to].scrollIntoView({ block: "nearest" });
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") {
    if (typing(event.target)) event.preventDefault(); // a search field would lose what was typed
    if (!closeSuggestions()) document.activeElement.blur();
  } else if (!typing(event.target) && event.key === "/" && fields.length) {
    event.preventDefault();
    fields[0].focus();
    fields[0].select();
  } else if (!typing(event.target) && (event.key === "j" || event.key === "k")) {
    move(event.key === "j" ? 1 : -1);
  }
});

// Suggestions: a list box under the field that is typed in.
let list = null, field = null, chosen = -1, waiting = 0;

function closeSuggestions() {
  clearTimeout(waiting);
  if (!list) return false;
  list.remove();
  list = null;
  chosen = -1;
  field.setAttribute("aria-expanded", "false");
  field.removeAttribute("aria-activedescendant");
  return true;
}

function choose(step) {
  const items = [...list.children];
  chosen = chosen < 0 && step < 0 ? items.length - 1 : (chosen + step + items.length) % items.length;
  items.forEach((item, number) => item.setAttribute("aria-selected", String(number === chosen)));
  field.setAttribute("aria-activedescendant", items[chosen].id);
}

function suggest(into, found) {
  closeSuggestions();
  if (!found.length || document.activeElement !== into) return;
  field = into;
  list = document.createElement("ul");
  list.className = "suggestions";
  list.id = "forslag";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Förslag");
  found.forEach((one, number) => {
    const item = document.createElement("li");
    item.id = `forslag-${number}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    item.dataset.query = one.query;
    item.textContent = one.shown;
    const kind = document.createElement("small");
    kind.textContent = one.kind;
    item.append(kind);
    item.addEventListener("mousedown", () => take(one.query));
    list.append(item);
  });
  field.form.append(list);
  field.setAttribute("aria-expanded", "true");
}

function take(query) {
  field.value = query;
  field.form.submit();
}

async function lookUp(into) {
  const asked = into.value;
  if (asked.trim().length < 2) return void closeSuggestions();
  const answer = await fetch(`${into.dataset.suggest}?q=${encodeURIComponent(asked)}`);
  const found = answer.ok ? await answer.json() : [];
  if (asked === into.value) suggest(into, found);
}

for (const one of fields) {
  one.setAttribute("role", "combobox");
  one.setAttribute("aria-autocomplete", "list");
  one.setAttribute("aria-controls", "forslag");
  one.setAttribute("aria-expanded", "false");
  one.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(lookUp, 150, one);
  });
  one.addEventListener("keydown", (event) => {
    if (!list || field !== one) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      choose(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && chosen >= 0) {
      event.preventDefault();
      take(list.children[chosen].dataset.query);
    }
  });
  one.addEventListener("blur", () => setTimeout(closeSuggestions, 150));
}

// Quotes are copied with their source.
for (const button of document.querySelectorAll("[data-cite]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.cite);
    button.textContent = "Kopierat";
    setTimeout(() => { button.textContent = "Citera"; }, 1500);
  });
}

// Words chosen in a document's text are copied with their source, or as a link to where they stand.
const passage = document.querySelector("[data-source]");
let copying = null;

function copyButton(name, told) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "small";
  button.textContent = name;
  button.addEventListener("mousedown", (event) => event.preventDefault()); // the words stay chosen
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(told());
    button.textContent = "Kopierat";
    setTimeout(() => offerCopy(""), 900);
  });
  return button;
}

function offerCopy(words, range) {
  if (copying) copying.remove();
  copying = null;
  if (words.length < 3) return;
  const at = range.getBoundingClientRect();
  copying = document.createElement("div");
  copying.className = "copying noprint";
  copying.style.left = `${Math.max(at.left + window.scrollX, 8)}px`;
  copying.style.top = `${at.bottom + window.scrollY + 6}px`;
  const { source, place } = passage.dataset;
  copying.append(
    copyButton("Citera", () => `”${words}” (${source})`),
    copyButton("Kopiera länk", () => `${location.origin}${place}?citat=${encodeURIComponent(words)}`),
  );
  document.body.append(copying);
}

if (passage) {
  document.addEventListener("selectionchange", () => {
    const chosen = document.getSelection();
    const range = chosen.rangeCount ? chosen.getRangeAt(0) : null;
    const words = range && passage.contains(range.commonAncestorContainer) ? String(chosen) : "";
    offerCopy(words.replace(/\s+/g, " ").trim(), range);
  });
}

// A page that waits for work to end looks again.
const busy = document.querySelector("[data-again]");
if (busy) setTimeout(() => location.reload(), Number(busy.dataset.again));
