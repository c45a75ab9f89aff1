export const violation = document.title
