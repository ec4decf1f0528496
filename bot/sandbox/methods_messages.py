"""Bot API methods about messages and taps; every one returns Telegram's `result`."""

from typing import Any

from bot.sandbox import delivery
from bot.sandbox.entities import utf16_length
from bot.sandbox.errors import bad_request
from bot.sandbox.html_mode import is_link
from bot.sandbox.media import document_content, media_content, photo_content
from bot.sandbox.parameters import Files, Params
from bot.sandbox.schema import load_schema
from bot.sandbox.world import World


def send_message(world: World, params: Params, files: Files) -> Any:
    """A text message."""
    sending = delivery.prepare(world, params)
    _check_preview(params)
    return world.wire(delivery.put(world, sending, params, delivery.text_content(params)))


def send_photo(world: World, params: Params, files: Files) -> Any:
    """A picture with a caption."""
    sending = delivery.prepare(world, params)
    caption = delivery.caption_content(params)
    content = {**photo_content(world, params["photo"], files), **caption}
    if params.get("has_spoiler"):
        content["has_media_spoiler"] = True
    return world.wire(delivery.put(world, sending, params, content))


def send_document(world: World, params: Params, files: Files) -> Any:
    """A file with a caption."""
    sending = delivery.prepare(world, params)
    caption = delivery.caption_content(params)
    content = {**document_content(world, params["document"], files), **caption}
    return world.wire(delivery.put(world, sending, params, content))


def edit_message_text(world: World, params: Params, files: Files) -> Any:
    """Another text in the same place; without reply_markup the buttons go."""
    message = delivery.editable(world, params)
    content = delivery.text_content(params)
    if message.text is None:
        raise bad_request(
            "there is no text in the message to edit", warning="editMessageText of a picture or file"
        )
    _check_preview(params)
    return world.wire(delivery.change(world, message, params, content, params.get("link_preview_options")))


def edit_message_caption(world: World, params: Params, files: Files) -> Any:
    """Another caption under the same picture or file."""
    message = delivery.editable(world, params)
    if not message.has_media:
        raise bad_request(
            "there is no caption in the message to edit", warning="editMessageCaption of a text"
        )
    kept = {
        key: value
        for key, value in message.content.items()
        if not key.endswith(("caption", "caption_entities"))
    }
    kept.pop("show_caption_above_media", None)
    content = {**kept, **delivery.caption_content(params)}
    return world.wire(delivery.change(world, message, params, content, message.link_preview))


def edit_message_media(world: World, params: Params, files: Files) -> Any:
    """Another picture or file in the same place."""
    message = delivery.editable(world, params)
    media = params["media"]
    content = {**media_content(world, media, files), **delivery.caption_content(media)}
    return world.wire(delivery.change(world, message, params, content, None))


def edit_message_reply_markup(world: World, params: Params, files: Files) -> Any:
    """Other buttons under the same content."""
    message = delivery.editable(world, params)
    return world.wire(delivery.change(world, message, params, message.content, message.link_preview))


def delete_message(world: World, params: Params, files: Files) -> Any:
    """Delete one message of the last 48 hours."""
    delivery.delete(world, world.known_chat(params["chat_id"]), params["message_id"])
    return True


def delete_messages(world: World, params: Params, files: Files) -> Any:
    """Delete up to 100 messages; those that are not there are skipped."""
    chat = world.known_chat(params["chat_id"])
    if not 1 <= len(params["message_ids"]) <= 100:
        raise bad_request(
            "message identifiers must be 1-100", warning=f"{len(params['message_ids'])} messages to delete"
        )
    present = [message_id for message_id in params["message_ids"] if message_id in chat.messages]
    for message_id in present:
        if world.clock.now() - chat.messages[message_id].date > delivery.DELETABLE_FOR:
            raise bad_request(
                "message can't be deleted for everyone", warning="delete of a message older than 48 hours"
            )
    for message_id in present:
        delivery.remove(world, chat, message_id)
    return True


def answer_callback_query(world: World, params: Params, files: Files) -> Any:
    """End the spinner on a button, perhaps with a few words."""
    text = params.get("text") or ""
    if utf16_length(text) > 200:
        raise bad_request("MESSAGE_TOO_LONG", warning="callback answer of more than 200 characters")
    if params.get("url") and not is_link(params["url"]):
        raise bad_request("URL_INVALID")
    query = world.callbacks.answer(params["callback_query_id"])
    world.events.publish(
        "answer",
        {
            "user_id": query.user_id,
            "message_id": query.message_id,
            "data": query.data,
            "text": text,
            "alert": bool(params.get("show_alert")),
            "url": params.get("url"),
        },
    )
    return True


def set_message_reaction(world: World, params: Params, files: Files) -> Any:
    """One emoji under a message, or none."""
    chat = world.open_chat(params["chat_id"])
    message = chat.messages.get(params["message_id"])
    if message is None:
        raise bad_request("message to react not found", warning="reaction to a message that is not there")
    reactions = params.get("reaction") or []
    if len(reactions) > 1:
        raise bad_request("REACTIONS_TOO_MANY", warning="more than one reaction of a bot")
    for reaction in reactions:
        if reaction.get("emoji") not in load_schema().reactions:
            raise bad_request("REACTION_INVALID", warning="a reaction that Telegram does not know")
    message.reactions = [reaction["emoji"] for reaction in reactions]
    world.tell_message(message)
    return True


def _check_preview(params: Params) -> None:
    url = (params.get("link_preview_options") or {}).get("url")
    if url and not is_link(url):
        raise bad_request(
            "link preview URL is invalid", warning="link_preview_options with an impossible URL"
        )
