/** Where a signed note lies (gate/releases). */
export function noteAddress(period: string, name: string): string {
  return `/api/releases/note?period=${period}&name=${name}`;
}
