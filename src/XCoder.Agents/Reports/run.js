
// The samples are all on the page; filters hide those that do not match.
const samples = [...document.querySelectorAll("details.sample")];
const filter = {
  text: document.getElementById("f-text"), pair: document.getElementById("f-pair"),
  verdict: document.getElementById("f-verdict"), status: document.getElementById("f-status"), dataset: document.getElementById("f-dataset"),
};
const texts = new Map();
const textOf = sample => {
  if (!texts.has(sample)) texts.set(sample, sample.textContent.toLowerCase());
  return texts.get(sample);
};
const count = document.getElementById("count");
const applyFilters = () => {
  const wanted = filter.text.value.trim().toLowerCase();
  let shown = 0;
  for (const sample of samples) {
    const matches = ["pair", "verdict", "status", "dataset"].every(name => filter[name].value === "" || sample.dataset[name] === filter[name].value)
      && (wanted === "" || textOf(sample).includes(wanted));
    sample.hidden = !matches;
    shown += matches ? 1 : 0;
  }
  count.textContent = `${number.format(shown)} of ${number.format(samples.length)} samples match`;
};
for (const input of Object.values(filter)) input.addEventListener("input", applyFilters);
document.getElementById("f-reset").addEventListener("click", () => {
  for (const input of Object.values(filter)) input.value = "";
  applyFilters();
});
document.getElementById("filters").hidden = samples.length === 0;
applyFilters();
