export const violation = process.pid
