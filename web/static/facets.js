// A facet's box applies at once where the facets stand beside the list; on phones, where they cover
// it, "Áp dụng" stays the way, so that several can be chosen.
export function applyAtOnce(form) {
  const beside = matchMedia("(min-width: 1024px)");
  form.addEventListener("change", (event) => {
    if (beside.matches && event.target.matches("input[type=checkbox]")) form.requestSubmit();
  });
  // Boxes come back as the address says, not as they were left.
  addEventListener("pageshow", (event) => {
    if (event.persisted) form.reset();
  });
}

const letters = (text) =>
  text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();

// Long lists get a field that narrows them, with or without diacritics.
export function addFind(form) {
  const label = form.dataset.find;
  if (!label) return;
  for (const more of form.querySelectorAll("details.more")) {
    const values = [...more.querySelectorAll("label")];
    if (values.length < 8) continue;
    const field = document.createElement("input");
    field.type = "search";
    field.className = "facet-find";
    field.placeholder = label;
    field.setAttribute("aria-label", label);
    const show = () => {
      const wanted = letters(field.value.trim());
      for (const value of values) {
        value.hidden = !letters(value.querySelector(".value").textContent).includes(wanted);
      }
    };
    field.addEventListener("input", show);
    field.addEventListener("compositionend", show);
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter") event.preventDefault();
    });
    more.querySelector("summary").after(field);
  }
}
