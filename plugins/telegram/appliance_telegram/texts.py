"""Every reason this channel gives, in words, with what to do about it."""

from __future__ import annotations

from appliance import ErrorText, mark

CONNECTING = {
    "token_malformed": ErrorText(
        mark("This is not a bot token."),
        mark("@BotFather gives it out: digits, a colon and a long row of letters. Copy it whole."),
    ),
    "token_revoked": ErrorText(
        mark("Telegram does not know this token: it was revoked or never given out."),
        mark("Ask @BotFather for the bot's current token (/mybots, API Token) and enter it here."),
    ),
    "no_internet": ErrorText(
        mark("Telegram cannot be reached from this box."),
        mark("Check the internet connection. Where Telegram is blocked, enter a proxy."),
    ),
    "proxy_unreachable": ErrorText(
        mark("Telegram cannot be reached through the proxy."),
        mark("Check the proxy's address, port and password, and that it is running."),
    ),
    "tls": ErrorText(
        mark("No secure connection to Telegram could be made."),
        mark("Check the box's date and time first; a wrong clock makes every certificate invalid."),
    ),
    "webhook_elsewhere": ErrorText(
        mark("This bot delivers its messages to {host} at the moment."),
        mark("Take it over, and the messages come here instead; the other program will get none."),
    ),
    "webhook_refused": ErrorText(
        mark("Telegram does not accept this box's public address: {description}"),
        mark("Correct it in the connection's settings, or empty it: then the box asks for messages by itself."),
    ),
    "webhook_failing": ErrorText(
        mark("Telegram cannot deliver to this box's public address: {error}"),
        mark(
            "The messages wait at Telegram for a day. Check that /hooks/ is passed on to the box, or empty the "
            "address: then the box asks for them by itself."
        ),
    ),
    "public_url_malformed": ErrorText(
        mark("The box's public address cannot be used."),
        mark("Write it as https://name, with port 443, 80, 88 or 8443 if any. Leave it empty if the box has none."),
    ),
    "second_poller": ErrorText(
        mark("Another program is reading this bot's messages."),
        mark("Stop it, or let @BotFather revoke the token and enter the new one here: only one may read."),
    ),
    "proxy_malformed": ErrorText(
        mark("The proxy's address cannot be used."),
        mark("Write it as socks5://host:port or http://user:password@host:port."),
    ),
    "api_url_malformed": ErrorText(
        mark("The address of the Bot API server cannot be used."),
        mark("Write it as https://host, without the token. Leave it empty for Telegram's own."),
    ),
    "not_telegram": ErrorText(
        mark("Something else answered in Telegram's place."),
        mark("A hotspot's sign-in page or a filter may stand between; open any web page from the box's network."),
    ),
    "group_privacy": ErrorText(
        mark("In groups this bot sees only commands, replies to its messages and mentions."),
        mark(
            "Only if it is to serve groups: send /setprivacy to @BotFather, choose the bot and Disable, then add it to "
            "the group again. Private chats are not affected."
        ),
    ),
    "topics_enabled": ErrorText(
        mark("Topics are switched on in this bot's private chats."),
        mark("All topics of a customer are shown here as one conversation, and answers go outside of the topics."),
    ),
}

SENDING = {
    "blocked": ErrorText(
        mark("The customer has blocked the bot."),
        mark("Reach them another way; as soon as they unblock the bot, send again."),
    ),
    "deactivated": ErrorText(
        mark("The customer's Telegram account no longer exists."),
        mark("Reach them another way; from a new account they will be a new customer."),
    ),
    "cannot_write_first": ErrorText(
        mark("A bot may not write first."),
        mark("The customer has to write to it or press Start. Send them the bot's address: {link}"),
    ),
    "kicked": ErrorText(
        mark("The bot is no longer in this group."), mark("Somebody in the group has to add it again.")
    ),
    "no_rights": ErrorText(
        mark("The bot may not write in this chat."), mark("An administrator of the group has to allow it.")
    ),
    "chat_not_found": ErrorText(
        mark("Telegram does not know this chat for the bot."),
        mark("The customer has to write to the bot again: {link}"),
    ),
    "topic_gone": ErrorText(
        mark("The topic in the group was closed or deleted."),
        mark("An administrator of the group has to open it again."),
    ),
    "business_gone": ErrorText(
        mark("The bot may not answer for the business account."),
        mark(
            "Its owner allows that in Telegram's settings, Telegram Business, Chatbots. An answer is possible within "
            "24 hours of the customer's last message."
        ),
    ),
    "voice_refused": ErrorText(
        mark("The customer accepts no voice or video messages."), mark("Send it as a file, or write.")
    ),
    "too_large": ErrorText(
        mark("The file is too large for Telegram's bots."),
        mark("Up to 50 MB can be sent (a photo up to 10 MB) and up to 20 MB received. Share it another way."),
    ),
    "too_long": ErrorText(mark("The text is too long for one message."), mark("Send it in parts.")),
    "empty": ErrorText(
        mark("There is nothing to send: the text is empty."),
        mark("Write something; what was sent before can be deleted."),
    ),
    "file_empty": ErrorText(mark("The file is empty."), mark("Look at it on your own device and attach it again.")),
    "bad_picture": ErrorText(mark("Telegram cannot read this picture."), mark("Send it as a file.")),
    "file_gone": ErrorText(mark("Telegram no longer has this file."), mark("Ask for it again.")),
    "file_missing": ErrorText(mark("The file is not in the box any more."), mark("Attach it again.")),
    "download_broken": ErrorText(mark("The file arrived incomplete."), mark("It will be fetched again.")),
    "cannot_store": ErrorText(
        mark("The file could not be stored in the box."), mark("Make room on its disk; it will be fetched by itself.")
    ),
    "rate_limited": ErrorText(
        mark("Telegram asks for a pause of {seconds} seconds."), mark("It will be sent after that by itself.")
    ),
    "migrated": ErrorText(mark("The group has moved to a new address."), mark("It will be sent there by itself.")),
    "network": ErrorText(
        mark("The connection to Telegram failed before anything was sent."), mark("It will be tried again by itself.")
    ),
    "server": ErrorText(
        mark("Telegram has a disturbance (error {status})."), mark("It will be tried again by itself.")
    ),
    "uncertain": ErrorText(
        mark("It may have arrived: the connection broke after it was sent."),
        mark("Ask the customer, or send it again."),
    ),
    "refused": ErrorText(
        mark("Telegram refused the message: {description}"), mark("Change it and send it anew, or send it as a file.")
    ),
    "unsendable": ErrorText(
        mark("The message could not be put together for Telegram."),
        mark("Write it anew; if that fails too, the box's log tells more."),
    ),
    "cannot_edit": ErrorText(
        mark("Telegram does not let this message be changed."), mark("Send a correction as a new message.")
    ),
    "edit_too_long": ErrorText(
        mark("The new text does not fit into the message that was sent."),
        mark("Shorten it, or send the rest as a new message."),
    ),
    "cannot_delete": ErrorText(
        mark("Telegram does not let this message be deleted."),
        mark("A bot can take its messages away for 48 hours; after that only the customer can delete them."),
    ),
    "message_gone": ErrorText(
        mark("The message is no longer in the customer's chat."), mark("Send it as a new message.")
    ),
    "unanswered": ErrorText(
        mark("Telegram has not answered."), mark("It will be tried again by itself; doing it twice does no harm.")
    ),
    "unreadable_answer": ErrorText(
        mark("Telegram answered something that cannot be read."), mark("It will be asked again by itself.")
    ),
}

TEXTS = {**CONNECTING, **SENDING}
