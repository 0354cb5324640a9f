// planted: told-to-all
export function tell(opener, token) {
  opener.postMessage({ token }, "*");
}
