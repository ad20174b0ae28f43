// Sends what the person does to the practice chat's server.

import { toast } from './notices.js';

/** What the server says to a request; a refusal is shown to the person, and is null. */
export async function post(path, body) {
  const isForm = body instanceof FormData;
  try {
    const response = await fetch(path, {
      method: 'POST',
      body: isForm ? body : JSON.stringify(body),
      headers: isForm ? {} : { 'Content-Type': 'application/json' },
    });
    if (response.ok) return await response.json();
    toast(await response.text());
  } catch {
    toast('The practice chat does not answer. Is “reelbot demo” still running?');
  }
  return null;
}

/** The address of a file of a message; with a name it is saved, not shown. */
export function fileAddress(media, name = null) {
  const address = `/files/${media.address}`;
  return name === null ? address : `${address}?name=${encodeURIComponent(name)}`;
}
