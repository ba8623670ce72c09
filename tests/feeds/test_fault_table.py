"""Which test stands for which fault: the first 54 rows of the fault table in the reliability plan.

A row is the number of a fault. What is not of this version (CSV export: 49 and 50) or not of this
protocol (HTTP/2: 15 speaks of its resets, here of a connection that ended) is said beside it.
"""

import ast
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]

FAULTS = "feeds/test_faults.py::test_the_board_stays_and_says_what_to_do_when_the_server"
FIELDS = "feeds/test_bad_fields.py::test_the_row_stays_without_what_is_wrong_when_it_has"
MORE = "feeds/test_more_faults.py::"
REACH = "feeds/test_reach.py::"
ROWS = "feeds/test_bad_rows.py::"
WAITS = "feeds/test_waits.py::"
SIGN_IN = "feeds/test_sign_in.py::"
TLS = "feeds/test_tls.py::test_each_fault_of_a_certificate_is_told_in_its_own_words_and_nothing_is_sent"

TABLE: dict[int, tuple[str, ...]] = {
    1: (FAULTS,),
    2: (FAULTS, "feeds/test_wire.py::test_a_redirect_is_not_followed_and_the_token_goes_nowhere_else"),
    3: (f"{SIGN_IN}test_a_401_in_the_middle_of_a_shift_is_not_seen_on_the_board",),
    4: (
        f"{SIGN_IN}test_a_sign_in_that_ends_for_good_keeps_the_board_and_heals_without_a_restart",
        "feeds/test_renewing.py::test_a_secret_that_was_stored_anew_in_the_keyring_heals_a_board_in_the_middle_of_a_shift",
        "ui/test_detail.py::test_who_called_is_not_shown_while_the_sign_in_has_expired",
    ),
    5: ("feeds/test_hub.py::test_one_forbidden_feed_leaves_the_others_alone",),
    6: (
        FAULTS,
        "test_trial.py::test_each_failure_stands_at_its_step",
        "test_trial.py::test_what_gave_neither_calls_nor_units_cannot_be_opened",
        "ui/test_welcome.py::test_no_board_can_be_opened_before_calls_or_units_have_answered",
    ),
    7: (f"{WAITS}test_a_server_is_left_alone_as_long_as_it_asks",),
    8: (
        f"{WAITS}test_the_circuit_opens_at_the_fifth_failure_and_one_feed_probes",
        f"{WAITS}test_while_a_source_is_down_one_feed_asks_and_then_all_come_back",
        f"{MORE}test_a_burst_of_failures_is_one_trouble_with_one_beginning",
    ),
    9: (FAULTS,),
    10: (f"{MORE}test_eighty_calls_that_vanish_at_once_stay_and_are_marked_once_that_is_said_twice",),
    11: (FAULTS,),
    12: (FAULTS,),
    13: (FAULTS,),
    14: (FAULTS,),
    15: ("feeds/test_faults.py::test_a_connection_that_ended_while_idle_costs_no_poll",),
    16: (
        f"{REACH}test_five_hundred_requests_that_are_cancelled_strand_no_connection",
        f"{REACH}test_five_hundred_requests_to_a_server_that_does_everything_wrong_leave_the_pool_as_new",
    ),
    17: (FAULTS, "feeds/test_wire.py::test_a_bomb_is_not_unpacked_beyond_the_limit"),
    18: (
        f"{ROWS}test_a_narrative_of_10_mb_is_cut_with_a_mark_of_the_whole",
        f"{ROWS}test_two_long_narratives_that_differ_in_their_tails_are_two",
    ),
    19: (f"{MORE}test_of_fifty_thousand_calls_the_board_takes_20_000_and_counts_the_others",),
    20: (
        "feeds/mapped/test_over_http.py::test_pages_that_go_round_in_circles_keep_the_board_until_they_end",
        "feeds/mapped/test_rounds.py::test_pages_that_repeat_are_left",
        "feeds/mapped/test_rounds.py::test_a_next_address_that_repeats_is_left",
    ),
    21: ("feeds/mapped/test_over_http.py::test_a_failed_second_page_changes_nothing",),
    22: (f"{ROWS}test_a_number_that_is_none_costs_its_field_and_not_the_reply",),
    23: (
        FIELDS,
        f"{ROWS}test_bytes_that_are_no_text_cost_no_row",
        f"{ROWS}test_a_byte_order_mark_is_not_in_the_way",
    ),
    24: (f"{MORE}test_of_two_fields_with_one_name_the_last_counts",),
    25: (FAULTS,),
    26: (f"{ROWS}test_a_number_that_is_none_costs_its_field_and_not_the_reply",),
    27: (f"{ROWS}test_a_field_the_console_does_not_know_is_no_problem",),
    28: (f"{MORE}test_a_field_that_the_server_tells_no_more_is_unknown_and_not_zero",),
    29: (f"{ROWS}test_when_a_fifth_of_the_rows_cannot_be_read_the_feed_is_degraded_until_they_can",),
    30: (FIELDS, f"{ROWS}test_a_row_that_cannot_be_told_from_others_is_counted_and_left_out_when_it_is"),
    31: (FIELDS, f"{ROWS}test_the_text_of_an_unknown_state_is_kept_beside_it"),
    32: (
        f"{ROWS}test_of_two_rows_with_one_id_the_newest_stands_and_both_are_counted",
        "feeds/mapped/test_rounds.py::test_two_rows_of_one_call_that_contradict_each_other_are_counted",
    ),
    33: (
        "feeds/joining/test_one_board.py::test_two_dispatch_systems_with_the_same_ids_keep_apart_and_are_counted",
    ),
    34: (f"{ROWS}test_an_older_version_never_replaces_a_newer_one",),
    35: ("feeds/test_reused.py::test_a_call_that_was_closed_and_is_opened_again_is_one_call",),
    36: (f"{MORE}test_two_calls_that_claim_one_unit_are_both_shown_and_the_unit_counts_once",),
    37: (FIELDS,),
    38: (FIELDS,),
    39: (
        "feeds/test_leaps.py::test_a_unit_that_jumps_40_km_in_5_s_stays_where_it_was_and_is_counted_once",
        "feeds/test_leaps.py::test_a_jump_is_believed_when_the_next_fix_agrees",
    ),
    40: (f"{ROWS}test_a_fix_from_the_future_is_as_old_as_its_arrival",),
    41: (
        "feeds/test_budget.py::test_the_ages_of_a_server_seven_minutes_behind_are_right",
        f"{ROWS}test_the_fresh_stamps_of_a_server_seven_minutes_ahead_are_taken_and_corrected",
    ),
    42: (
        "feeds/test_wall.py::test_a_clock_that_is_set_back_an_hour_makes_no_age_negative_and_tells_nothing",
        "session/test_clock.py::test_however_the_wall_is_set_the_session_never_steps_back",
        "domain/test_feed.py::test_an_age_is_never_negative",
    ),
    43: (FIELDS,),
    44: (FIELDS, "feeds/mapped/test_fields.py::test_a_moment_without_a_zone_is_refused"),
    45: (
        f"{MORE}test_the_hour_that_comes_twice_keeps_the_order_of_what_happened",
        "ui/test_clocks.py::test_the_hour_that_the_clocks_repeat_says_which_one_it_is",
    ),
    46: (
        f"{MORE}test_after_three_hours_of_sleep_the_board_is_stale_at_once_and_fresh_with_the_next_answer",
        "session/test_clock.py::test_a_counter_that_slept_is_put_right_by_the_wall",
    ),
    47: (
        f"{ROWS}test_script_in_every_text_field_stays_the_text_it_is",
        "ui/test_masking.py::test_a_tooltip_is_always_markup_of_ours_and_its_data_never",
    ),
    48: ("ui/test_masking.py::test_a_datum_is_one_line_without_controls_that_ends_where_it_began",),
    49: (),
    50: (),
    51: (
        TLS,
        "feeds/test_tls.py::test_a_server_that_speaks_only_tls_1_1_is_told",
        "feeds/test_tls.py::test_a_server_that_is_shown_no_certificate_or_a_wrong_one_says_so",
    ),
    52: ("feeds/test_tls.py::test_a_certificate_that_ends_in_ten_days_is_told_once",),
    53: ("feeds/test_wire.py::test_a_proxy_in_the_environment_is_not_used",),
    54: (
        f"{MORE}test_a_host_whose_name_is_unknown_is_told_and_read_as_soon_as_it_is_known",
        "feeds/test_faults.py::test_a_server_that_is_not_there_is_told_for_each_feed_until_it_is",
        f"{REACH}test_a_name_that_the_network_does_not_know_is_told",
        "feeds/test_wire.py::test_each_way_of_not_connecting_is_told_in_its_own_words",
    ),
}


def written(file: Path) -> set[str]:
    """The names of the tests in ``file``."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    functions = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return {node.name for node in functions}


def test_no_fault_is_left_out() -> None:
    assert list(TABLE) == list(range(1, 55))


@pytest.mark.parametrize("number", [number for number, tests in TABLE.items() if tests])
def test_each_fault_has_a_test_that_there_is(number: int) -> None:
    for test in TABLE[number]:
        file, _, name = test.partition("::")
        assert name in written(TESTS / file)
