-- Undo 013. What stood in these tables is lost: take a dump first.

begin;

drop table notification_log;
drop table notification_preferences;
drop table user_devices;

commit;
