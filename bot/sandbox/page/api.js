// The sandbox's control API.

import { toast } from "./dom.js";

export async function post(path, body = {}) {
  return request("POST", path, body);
}

export async function request(method, path, body) {
  const options = { method, headers: { "Content-Type": "application/json" } };
  if (body !== undefined) options.body = JSON.stringify(body);
  try {
    const answer = await fetch(`/_sandbox/${path}`, options);
    const content = await answer.json();
    if (!answer.ok) toast(content.error ?? content.description, "bad");
    return content;
  } catch (error) {
    toast(String(error.message ?? error), "bad");
    return { ok: false };
  }
}

export const phone = (userId, action, body = {}) => post(`phones/${userId}/${action}`, body);

export function readBase64(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(",") + 1));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}
