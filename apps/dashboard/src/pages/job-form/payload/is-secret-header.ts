/** Headers that the server keeps secret whoever wrote them (`SECRET_PAYLOAD_FIELDS` of the contracts). */
export function isSecretHeader(name: string): boolean {
  return /^(proxy-)?authorization$|^cookie$|api-?key|token|secret/i.test(name.trim());
}
