#!/usr/bin/env python3
"""The scorer against figures that were worked out by hand."""

import tempfile
import unittest
from pathlib import Path

import score

# Three persons: x has records 1, 2, 3; y has 4, 5; z has 6. Sources: 1, 2, 4 and 6 are of a, 3 and 5 of b.
TRUTH = "record_id,cluster_id,source\n1,x,a\n2,x,a\n3,x,b\n4,y,a\n5,y,b\n6,z,a\n"


class Scores(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def file(self, name, text):
        path = Path(self.folder.name) / name
        path.write_text(text)
        return path

    def truth(self, link_only=False):
        return score.Truth(self.file("truth.csv", TRUTH), link_only)

    def pairs(self, rows, threshold=None, link_only=False):
        truth = self.truth(link_only)
        path = self.file("pairs.csv", "id_l,id_r,score\n" + rows)
        return score.score_pairs(truth, score.read_pairs(path, truth, threshold))

    def test_pairs_count_once_and_at_the_threshold(self):
        # Right: 1-2. Wrong: 5-6. Left out: a pair with itself, a repetition, one below the threshold.
        found = self.pairs("1,2,0.9\n2,1,0.7\n3,3,1\n4,5,0.4\n5,6,0.5\n", threshold=0.5)
        self.assertEqual((found["right"], found["wrong"], found["missed"]), (1, 1, 3))
        self.assertAlmostEqual(found["precision"], 1 / 2)
        self.assertAlmostEqual(found["recall"], 1 / 4)
        self.assertAlmostEqual(found["f1"], 1 / 3)

    def test_link_only_counts_pairs_of_two_sources(self):
        # True pairs of two sources: 1-3, 2-3, 4-5. The pair 1-2 is of one source and counts as nothing.
        found = self.pairs("1,2,1\n1,3,1\n4,5,1\n", link_only=True)
        self.assertEqual((found["right"], found["wrong"], found["missed"]), (2, 0, 1))

    def test_nothing_found_is_precise_and_recalls_nothing(self):
        found = self.pairs("")
        self.assertEqual((found["precision"], found["recall"], found["f1"]), (1.0, 0.0, 0.0))

    def test_clusters(self):
        # Given: {1, 2}, {3, 4, 5}, and 6 left out, thus alone.
        truth = self.truth()
        path = self.file("clusters.csv", "record_id,cluster_id\n1,p\n2,p\n3,q\n4,q\n5,q\n")
        found = score.score_clusters(truth, score.read_clusters(path, truth))
        self.assertEqual((found["closure"]["right"], found["closure"]["wrong"], found["closure"]["missed"]), (2, 2, 2))
        self.assertAlmostEqual(found["bcubed"]["precision"], (1 + 1 + 1 / 3 + 2 / 3 + 2 / 3 + 1) / 6)
        self.assertAlmostEqual(found["bcubed"]["recall"], (2 / 3 + 2 / 3 + 1 / 3 + 1 + 1 + 1) / 6)
        self.assertEqual((found["exact"]["right"], found["exact_of_several"]["right"]), (1, 0))
        self.assertEqual((found["clusters"], found["persons"], found["largest"]), (3, 3, 3))

    def test_a_stranger_in_the_clusters_is_an_error(self):
        truth = self.truth()
        with self.assertRaises(ValueError):
            score.read_clusters(self.file("clusters.csv", "record_id,cluster_id\n7,p\n"), truth)

    def test_components_join_chains(self):
        label = score.components(["1", "2", "3", "4"], {("1", "2"), ("2", "3")})
        self.assertEqual(len({label["1"], label["2"], label["3"]}), 1)
        self.assertNotEqual(label["1"], label["4"])


if __name__ == "__main__":
    unittest.main()
