// Buttons that only a script can serve are hidden until it runs.
export function offerPrint() {
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => print());
  }
}

export function offerCopy() {
  if (!navigator.clipboard) return;
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(new URL(button.dataset.copy, location.href).href);
      const label = button.textContent;
      button.textContent = button.dataset.done;
      setTimeout(() => { button.textContent = label; }, 2000);
    });
  }
  for (const link of document.querySelectorAll("a[data-passage]")) {
    link.addEventListener("click", () => {
      navigator.clipboard.writeText(new URL(link.getAttribute("href"), location.href).href);
    });
  }
}
