// clean twin
export function onward(place) {
  location.href = place.dataset.next;
}
