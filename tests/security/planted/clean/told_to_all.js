// clean twin
export function tell(opener, token, origin) {
  opener.postMessage({ token }, origin);
}
