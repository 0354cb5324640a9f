// planted: page-from-text
export function add(list, name) {
  list.innerHTML += `<li>${name}</li>`;
}
