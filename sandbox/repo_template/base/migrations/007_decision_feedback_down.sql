-- Undo 007. What stood in these tables is lost: take a dump first.

begin;

drop materialized view decision_feedback_stats;
drop view decisions_needing_review;
drop table decision_feedback;
drop type feedback_rating;

commit;
