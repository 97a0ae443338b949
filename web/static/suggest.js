// The list below the search box (WAI-ARIA combobox). It never writes into the box, so that Telex and
// VNI keyboards can compose; Enter searches what was typed unless an option was chosen.
const pause = 120;  // ms without a key before the server is asked

export function suggestBelow(form) {
  const box = form.querySelector("input[type=search]");
  const kinds = new Map(form.dataset.kinds.split("|").map((pair) => pair.split("=")));
  const list = document.createElement("ul");
  list.id = `${box.id}-list`;
  list.className = "suggest";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", form.dataset.suggest);
  list.hidden = true;
  const told = document.createElement("p");
  told.className = "vh";
  told.setAttribute("role", "status");
  form.append(list, told);
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"],
                               ["aria-controls", list.id], ["aria-expanded", "false"]]) {
    box.setAttribute(name, value);
  }

  let chosen = -1, timer = 0, asked = box.value.trim(), request = null, composing = false;

  const options = () => [...list.children];
  function choose(next) {
    chosen = next;
    for (const [i, option] of options().entries()) {
      option.setAttribute("aria-selected", String(i === chosen));
    }
    const option = options()[chosen];
    if (!option) return box.removeAttribute("aria-activedescendant");
    box.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({block: "nearest"});
  }
  function close() {
    clearTimeout(timer);
    request?.abort();
    list.hidden = true;
    box.setAttribute("aria-expanded", "false");
    choose(-1);
  }
  function show(suggestions) {
    list.replaceChildren(...suggestions.map((suggestion, i) => {
      const option = document.createElement("li");
      option.id = `${list.id}-${i}`;
      option.setAttribute("role", "option");
      option.dataset.url = suggestion.url;
      const text = document.createElement("span");
      text.textContent = suggestion.text;
      const kind = document.createElement("span");
      kind.className = "suggest-kind";
      const counted = !["title", "phrase"].includes(suggestion.kind);
      kind.textContent = (kinds.get(suggestion.kind) ?? "") + (counted ? ` (${suggestion.count})` : "");
      option.append(text, " ", kind);
      return option;
    }));
    choose(-1);
    list.hidden = suggestions.length === 0;
    box.setAttribute("aria-expanded", String(!list.hidden));
    const {none, one, many} = form.dataset;
    told.textContent = suggestions.length === 0 ? none
        : suggestions.length === 1 ? one : many.replace("%", suggestions.length);
  }
  async function ask() {
    const typed = box.value.trim();
    if (composing || typed === asked) return;
    asked = typed;
    request?.abort();
    if (!typed) { told.textContent = ""; return close(); }
    request = new AbortController();
    try {
      const language = document.documentElement.lang;
      const answer = await fetch(
          `/api/v1/suggest?lang=${language}&q=${encodeURIComponent(box.value.trimStart())}`,
          {signal: request.signal});
      if (answer.ok) show((await answer.json()).suggestions);
    } catch {
      // Given up for a newer one, or the server is away: the box works without a list.
    }
  }
  function soon() {
    clearTimeout(timer);
    timer = setTimeout(ask, pause);
  }
  function go(option) {
    location.assign(option.dataset.url);
  }

  box.addEventListener("compositionstart", () => { composing = true; });
  box.addEventListener("compositionend", () => { composing = false; soon(); });
  box.addEventListener("input", (event) => { if (!event.isComposing) soon(); });
  box.addEventListener("keydown", (event) => {
    if (event.isComposing || composing) return;
    const count = list.children.length;
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();  // else the browser empties the box
      close();
    } else if (event.key === "Enter") {
      if (!list.hidden && chosen >= 0) {
        event.preventDefault();
        go(options()[chosen]);
      } else {
        close();
      }
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && count > 0) {
      event.preventDefault();
      const down = event.key === "ArrowDown";
      if (list.hidden) {
        list.hidden = false;
        box.setAttribute("aria-expanded", "true");
        return choose(down ? 0 : count - 1);
      }
      // One place before the first means: what was typed.
      const places = count + 1;
      choose((chosen + 1 + (down ? 1 : -1) + places) % places - 1);
    }
  });
  list.addEventListener("mousedown", (event) => event.preventDefault());  // keeps the focus
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) go(option);
  });
  box.addEventListener("blur", close);
  addEventListener("pageshow", close);
}
