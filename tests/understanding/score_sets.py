#!/usr/bin/env python3
"""Scores `nhanrong inspect` on the development set, the tuning set and the judging set, one table after the other.

usage: score_sets.py PROGRAM [--set development|tune|judge]... [--show] [--judge-show] [--only ID,ID] [--json]
                     [--jobs N] [--require FIELD=F1]... [--reference DIR]

The counting is that of score.py of the development set ($NHANRONG_SHARED, default ../shared beside the checkout);
here come `units` in addition: precision and recall of the districts and communes in the key `places` of the answer,
and in the figures of the JSON form `units`, null where no answer has that key. What --require asks is asked of every
set that is scored. Exit status 1 if it is missed, a secret text leaks or a secret document is accepted."""
import argparse
import contextlib
import csv
import importlib.util
import io
import json
import os
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
WHY_NOT = ('judge: no misses are shown. This set tells how the rules do on texts they were not made for; once its misses\n'
           'have been read, it no longer does. Look at the tuning set, or give --judge-show and write new documents.')


def load_score(shared):
    path = os.path.join(shared, 'data', 'understanding-dev', 'score.py')
    spec = importlib.util.spec_from_file_location('score', path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def table(folder, name):
    with open(os.path.join(folder, name + '.tsv'), encoding='utf-8') as rows:
        return list(csv.DictReader(rows, delimiter='\t', quoting=csv.QUOTE_NONE))


class Units:
    """Districts and communes: those a document names against those the program found."""

    def __init__(self, reference):
        self.district_of = {row['id']: row['district_id'] for row in table(reference, 'communes')}
        self.known = set(self.district_of) | {row['id'] for row in table(reference, 'districts')}

    def score(self, documents, answers):
        """(figures, misses), or (None, []) where no answer has the key `places`."""
        tp = fp = fn = 0
        misses, seen = [], False
        for document in documents:
            places = answers.get(document['id'], {}).get('places')
            if document['is_secret'] or 'units' not in document:
                continue
            seen = seen or places is not None
            found = {p.get('id') if isinstance(p, dict) else p for p in places or []} & self.known
            gold = {unit['id'] for unit in document['units']}
            # the district around a commune that is named may be given as well
            tolerated = set(document.get('units_ok', [])) | {self.district_of.get(unit) for unit in gold}
            wrong, missed = found - gold - tolerated, gold - found
            tp, fp, fn = tp + len(found & gold), fp + len(wrong), fn + len(missed)
            if wrong or missed:
                misses.append(f'{document["id"]:5} {"units":18} got {" ".join(sorted(wrong))!r}  '
                              f'missed {" ".join(sorted(missed))!r}')
        if not seen:
            return None, []
        precision = tp / (tp + fp) if tp + fp else 0.0
        recall = tp / (tp + fn) if tp + fn else 0.0
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        return dict(precision=precision, recall=recall, f1=f1, tp=tp, fp=fp, fn=fn), misses


def run_score(score, arguments):
    """Runs score.main() as if from the command line: (exit status, output, {id: answer})."""
    answers, inspect = {}, score.inspect

    def remember(binary, document, folder):
        answer = inspect(binary, document, folder)
        answers[document['id']] = answer[0]
        return answer

    output, argv = io.StringIO(), sys.argv
    score.inspect, sys.argv = remember, ['score.py'] + arguments
    try:
        with contextlib.redirect_stdout(output):
            status = score.main()
    finally:
        score.inspect, sys.argv = inspect, argv
    return status, output.getvalue(), answers


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('program')
    parser.add_argument('--set', action='append', choices=['development', 'tune', 'judge'], help='only this set')
    parser.add_argument('--show', action='store_true', help='each miss on a line, but never of the judging set')
    parser.add_argument('--judge-show', action='store_true', help='misses of the judging set too: it is spent then')
    parser.add_argument('--only', default='', help='ids of documents, of the development and the tuning set')
    parser.add_argument('--json', action='store_true')
    parser.add_argument('--jobs', type=int)
    parser.add_argument('--require', action='append', default=[])
    parser.add_argument('--reference')
    args = parser.parse_args()

    shared = os.environ.get('NHANRONG_SHARED') or os.path.join(ROOT, '..', 'shared')
    try:
        score = load_score(shared)
    except FileNotFoundError as error:
        print(f'SKIPPED: {error.filename} is not there; set NHANRONG_SHARED', file=sys.stderr)
        return 1 if os.environ.get('CI') else 0
    reference = args.reference or os.path.join(shared, 'reference')
    units = Units(reference)
    gold = {'development': os.path.join(shared, 'data', 'understanding-dev', 'gold.jsonl'),
            'tune': os.path.join(HERE, 'tune.jsonl'), 'judge': os.path.join(HERE, 'judge.jsonl')}
    only = [name for name in args.only.split(',') if name]

    failed, everything = 0, {}
    for name in args.set or list(gold):
        with open(gold[name], encoding='utf-8') as lines:
            documents = [json.loads(line) for line in lines if line.strip()]
        if only:
            documents = [d for d in documents if d['id'] in only]
            if not documents:
                continue
        hidden = name == 'judge' and not args.judge_show
        show = args.judge_show or args.show if name == 'judge' else args.show
        if hidden and (show or only):
            print(WHY_NOT + '\n', file=sys.stderr)
            show = False
            if only:  # the figures of one document are its misses
                failed = 1
                continue
        arguments = [args.program, '--reference', reference]
        arguments += ['--show'] if show else []
        arguments += ['--json'] if args.json else []
        arguments += ['--jobs', str(args.jobs)] if args.jobs else []
        for want in args.require:
            arguments += ['--require', want]
        with tempfile.NamedTemporaryFile('w', suffix='.jsonl', encoding='utf-8') as chosen:
            chosen.writelines(json.dumps(d, ensure_ascii=False) + '\n' for d in documents)
            chosen.flush()
            status, output, answers = run_score(score, arguments + ['--gold', chosen.name])
        failed = max(failed, status)
        figures, misses = units.score(documents, answers)
        if args.json:
            shown, _, body = output.rpartition('\n\n{') if show else ('', '', output)
            everything[name] = {**json.loads(body if body.startswith('{') else '{' + body), 'units': figures}
            if shown:
                print(shown, file=sys.stderr)
            continue
        print(f'== {name} ==')
        print(output, end='')
        if show and misses:
            print('\n'.join(misses))
        if figures:
            print(f'{"units":24}{figures["precision"]:7.3f}{figures["recall"]:7.3f}{figures["f1"]:7.3f}'
                  f'{figures["tp"]:6}{figures["fp"]:5}{figures["fn"]:5}')
        elif any('units' in d for d in documents):
            print(f'{"units":24}      - (the program prints no `places`)')
        print(flush=True)
    if args.json:
        print(json.dumps(everything, ensure_ascii=False, indent=1))
    return failed


if __name__ == '__main__':
    sys.exit(main())
