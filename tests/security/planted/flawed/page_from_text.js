// planted: page-from-text
export function show(place, answer) {
  place.innerHTML = answer.text;
}
