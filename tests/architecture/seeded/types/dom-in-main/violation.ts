export const violation = window.location.href
