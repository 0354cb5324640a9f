// planted: page-from-text
export function rule(text) {
  return new Function("days", `return ${text}`);
}
