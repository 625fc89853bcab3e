"""The suite of exchanges compares a brief with summaries that people wrote."""

import json
from pathlib import Path

from pipelines.suites import evaluate

TURNS = [
    {"speaker": "Chair", "content": "Good morning. Can everyone hear me?"},
    {"speaker": "Ann", "content": "Who will pay for the new benches on the river path?"},
    {"speaker": "Bo", "content": "The town will pay for the benches from the parks budget."},
]


def test_a_brief_is_measured_beside_two_peers(tmp_path: Path) -> None:
    path = tmp_path / "meetings.jsonl"
    record = {
        "meeting_transcripts": TURNS,
        "general_query_list": [
            {"query": "Sum up.", "answer": "The town will pay for the benches."}
        ],
        "specific_query_list": [
            {"query": "Who pays?", "answer": "", "relevant_text_span": [["1", "2"]]},
            {"query": "Who hears?", "answer": "", "relevant_text_span": [["0", "0"]]},
        ],
    }
    path.write_text(json.dumps(record) + "\n", encoding="utf-8")
    figures = evaluate("exchanges", path)
    assert set(figures) == {"rouge1", "lead_rouge1", "textrank_rouge1", "span_recall"}
    assert figures["rouge1"] > figures["lead_rouge1"]
    assert figures["span_recall"] == 0.5
