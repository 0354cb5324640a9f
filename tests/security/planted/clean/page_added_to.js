// clean twin
export function add(list, name) {
  const item = document.createElement("li");
  item.textContent = name;
  list.append(item);
}
