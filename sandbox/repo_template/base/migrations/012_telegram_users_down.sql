-- Undo 012. What stood in these tables is lost: take a dump first.

begin;

drop table telegram_alert_queue;
drop table telegram_messages;
drop table telegram_users;

commit;
