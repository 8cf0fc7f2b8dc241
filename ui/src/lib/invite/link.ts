// The link in the e-mail of an invitation.

/** What stands for what is known only when it is sent, for texts that name it. */
export const marks = { invitation: '{invitation}', email: '{email}', organization: '{organization}' };

/** Whether it can stand in an e-mail. */
export function isLink(link: string): boolean {
  const whole = Object.values(marks).reduce((text, mark) => text.replaceAll(mark, 'x'), link.trim());
  try {
    const { protocol, hostname } = new URL(whole);
    return (protocol === 'https:' || protocol === 'http:') && hostname !== '';
  } catch {
    return false;
  }
}

/** As somebody would get it; `id` stands for the invitation, which has no id yet. */
export function linkFor(link: string, email: string, organization: string, id: string): string {
  return link
    .trim()
    .replaceAll('{invitation}', id)
    .replaceAll('{email}', encodeURIComponent(email))
    .replaceAll('{organization}', encodeURIComponent(organization));
}
