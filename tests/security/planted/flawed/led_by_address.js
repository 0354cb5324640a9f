// planted: led-by-address
export function onward() {
  const wanted = new URLSearchParams(location.search).get("next");
  location.href = wanted;
}
