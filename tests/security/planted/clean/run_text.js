// clean twin
export function rule(days) {
  return (limit) => limit - days;
}
