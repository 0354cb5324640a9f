// clean twin
export function show(place, answer) {
  place.textContent = answer.text;
}
