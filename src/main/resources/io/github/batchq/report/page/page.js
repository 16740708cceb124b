'use strict';
(function () {
  const data = JSON.parse(document.getElementById('report-data').textContent);
  const hover = document.getElementById('hover');
  const narrow = window.matchMedia('(max-width: 46rem)');

  function element(name, attributes, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) {
      if (key === 'text') made.textContent = value;
      else if (key.startsWith('on')) made.addEventListener(key.slice(2), value);
      else made.setAttribute(key, value);
    }
    made.append(...children);
    return made;
  }

  function number(text) {
    return text !== '' && !Number.isNaN(Number(text)) ? Number(text) : text === 'Infinity' ? Infinity : NaN;
  }

  /** A number for reading: six digits, or as many as its interval has. */
  function rounded(text) {
    const value = number(text);
    if (text === 'Infinity') return 'inf';
    if (Number.isNaN(value) || Number.isInteger(value)) return text;
    const size = Math.abs(value);
    return size >= 1e15 || size < 1e-5 ? value.toExponential(4) : String(Number(value.toPrecision(6)));
  }

  function measured(value, half) {
    const width = Number(half);
    if (half === '' || !(width > 0) || !Number.isFinite(number(value))) return rounded(value);
    const decimals = Math.min(12, Math.max(0, 1 - Math.floor(Math.log10(width))));
    return Number(value).toFixed(decimals) + ' ± ' + width.toFixed(decimals);
  }

  // Under the pointer.

  function showHover(handler, event, item, value) {
    if (value === null || value === undefined || typeof value !== 'object') {
      hover.hidden = true;
      return;
    }
    const rows = Object.entries(value).filter(([, text]) => !['null', 'undefined', 'NaN', ''].includes(String(text)));
    hover.replaceChildren(element('table', {}, element('tbody', {}, ...rows.map(([name, text]) =>
      element('tr', {}, element('th', {scope: 'row', text: name}), element('td', {text: String(text)}))))));
    hover.hidden = false;
    const box = hover.getBoundingClientRect();
    const right = event.clientX + 14 + box.width > window.innerWidth;
    hover.style.left = Math.max(4, right ? event.clientX - box.width - 14 : event.clientX + 14) + 'px';
    hover.style.top = Math.max(4, Math.min(event.clientY + 12, window.innerHeight - box.height - 4)) + 'px';
  }

  // Charts. What is asked of one is written into a copy of its specification.

  const ink = 'currentColor';
  const look = {
    background: null, font: 'system-ui, "Segoe UI", "DejaVu Sans", Arial, sans-serif',
    axis: {labelColor: ink, titleColor: ink, domainColor: ink, tickColor: ink, gridColor: ink, gridOpacity: 0.12,
      labelFontSize: 12, titleFontSize: 12, titleFontWeight: 500, titlePadding: 8},
    legend: {labelColor: ink, titleColor: ink, labelFontSize: 12, titleFontSize: 12},
    title: {color: ink}, text: {color: ink, fill: ink}, view: {stroke: null}
  };

  function layers(spec, name) {
    return spec.layer.filter(layer => layer.name === name);
  }

  function logarithmic(scale) {
    scale.type = 'log';
    delete scale.zero;
    Object.assign(scale, {nice: false, padding: 12});
  }

  function asked(chart) {
    const spec = structuredClone(chart.specification);
    const chosen = chart.chosen;
    const points = layers(spec, 'points').length > 0;
    const filters = [];
    if (chart.metrics.length) filters.push(chart.metrics[chosen.metric].id);
    chart.slices.forEach((slice, s) => filters.push(slice.values[chosen.slices[s]]));
    filters.forEach((value, f) => { spec.transform[f].filter.equal = value; });
    if (chosen.only.length) spec.transform.push({filter: {field: 'series', oneOf: chosen.only}});
    spec.layer = spec.layer.filter(layer => layer.name !== 'theory' || chosen.theory);
    for (const layer of spec.layer) {
      const {x, y} = layer.encoding;
      if (points) {
        if (y.field && chart.metrics.length) y.title = chart.metrics[chosen.metric].label;
        if (y.scale && chosen.logY) {
          logarithmic(y.scale);
          layer.transform = (layer.transform || []).concat({filter: `datum['${y.field}'] > 0`});
        }
        if (y.scale && chosen.top !== null) y.scale.domainMax = chosen.top;
        if (x && x.scale && chosen.logX) {
          logarithmic(x.scale);
          layer.transform = (layer.transform || []).concat({filter: 'datum.x > 0'});
        }
        if (layer.name === 'joined') layer.mark.strokeWidth = chosen.joined ? 1 : 0;
        if (chosen.only.length) {
          for (const channel of ['color', 'shape']) {
            if (layer.encoding[channel] && layer.encoding[channel].legend) layer.encoding[channel].legend.values = chosen.only;
          }
        }
      } else if (x.field && chart.metrics.length) {
        x.title = chart.metrics[chosen.metric].label;
      }
    }
    if (points) spec.params[0].value = chosen.top;
    const kinds = new Set(spec.data.values.filter(row => !chart.metrics.length || row.metric === filters[0]).map(row => row.kind));
    for (const layer of layers(spec, 'theory')) {
      const legend = layer.encoding.strokeDash.legend;
      if (legend) legend.values = legend.values.filter(kind => kinds.has(kind));
    }
    return spec;
  }

  /** A value of 0 has no place on a logarithmic axis; how many there are is said. */
  function lost(chart) {
    if (!chart.chosen.logY && !chart.chosen.logX) return 0;
    const metric = chart.metrics.length ? chart.metrics[chart.chosen.metric].id : null;
    return chart.specification.data.values.filter(row =>
      (metric === null || row.metric === metric) && row.value !== undefined
      && ((chart.chosen.logY && row.value <= 0) || (chart.chosen.logX && row.x <= 0))).length;
  }

  async function draw(chart) {
    const spec = asked(chart);
    chart.shown = spec;
    const onPage = structuredClone(spec);
    onPage.width = 'container';
    onPage.autosize = {type: 'fit-x', contains: 'padding'};
    onPage.config = structuredClone(look);
    if (narrow.matches) Object.assign(onPage.config.legend, {orient: 'bottom', direction: 'vertical', columns: 2, labelLimit: 140, layout: {bottom: {direction: 'vertical', anchor: 'start'}}});
    if (chart.view) chart.view.finalize();
    const compiled = vegaLite.compile(onPage).spec;
    chart.view = new vega.View(vega.parse(compiled), {renderer: 'svg', container: chart.plot, hover: true, tooltip: showHover});
    await chart.view.runAsync();
    const zeros = lost(chart);
    chart.warning.textContent = zeros ? ` ${zeros} ${zeros === 1 ? 'point' : 'points'} at 0 or below cannot stand on a logarithmic axis.` : '';
  }

  function control(chart, key) {
    return chart.figure.querySelector(`[data-control="${key}"]`);
  }

  function add(chart, input, key, text) {
    input.id = `${chart.id}-${key}`;
    input.dataset.control = key;
    const label = element('label', {for: input.id, text});
    const pair = input.type === 'checkbox' ? [input, label] : [label, input];
    chart.figure.querySelector('.controls').append(element('span', {class: 'pair'}, ...pair));
  }

  function checkbox(chart, key, text) {
    const box = element('input', {type: 'checkbox'});
    box.checked = chart.chosen[key];
    box.addEventListener('change', () => { chart.chosen[key] = box.checked; draw(chart); });
    add(chart, box, key, text);
  }

  function sync(chart) {
    const chosen = chart.chosen;
    if (control(chart, 'metric')) control(chart, 'metric').value = chosen.metric;
    chart.slices.forEach((slice, s) => { control(chart, 'slice' + s).value = chosen.slices[s]; });
    for (const key of ['logX', 'logY', 'theory', 'joined']) {
      if (control(chart, key)) control(chart, key).checked = chosen[key];
    }
    const alone = control(chart, 'alone');
    if (alone) alone.value = chosen.only.length === 0 ? '' : chosen.only.length === 1 ? chosen.only[0] : null;
    if (control(chart, 'top')) control(chart, 'top').value = chosen.top === null ? '' : chosen.top;
  }

  function choose(chart, figure) {
    const metric = chart.metrics.findIndex(one => one.id === figure.metric);
    Object.assign(chart.chosen, {metric, logY: figure.log, top: figure.top === undefined ? null : figure.top, only: figure.only});
    chart.slices.forEach((slice, s) => {
      const wanted = slice.values.findIndex(value => value === figure.slices[slice.field] || Number(value) === Number(figure.slices[slice.field]));
      if (wanted >= 0) chart.chosen.slices[s] = wanted;
    });
  }

  function download(link, name, content) {
    link.addEventListener('click', () => {
      link.href = URL.createObjectURL(new Blob([JSON.stringify(content(), null, 2) + '\n'], {type: 'application/json'}));
      link.download = name;
    });
  }

  function prepare(chart) {
    chart.figure = document.getElementById(chart.id);
    chart.plot = chart.figure.querySelector('.plot');
    const values = chart.specification.data.values;
    const points = layers(chart.specification, 'points');
    chart.chosen = {metric: 0, slices: chart.slices.map(() => 0), only: [], logX: false, logY: false, theory: true, top: null,
      joined: layers(chart.specification, 'joined').some(layer => layer.mark.strokeWidth > 0)};
    const figures = control(chart, 'figure');
    if (figures) {
      figures.append(element('option', {value: chart.figures.length, text: 'all series'}));
      figures.addEventListener('change', () => {
        if (chart.figures[figures.value]) choose(chart, chart.figures[figures.value]);
        else Object.assign(chart.chosen, {only: [], top: null});
        sync(chart);
        draw(chart);
      });
    }
    const metric = control(chart, 'metric');
    if (metric) metric.addEventListener('change', () => { chart.chosen.metric = Number(metric.value); chart.chosen.top = null; sync(chart); draw(chart); });
    chart.slices.forEach((slice, s) => {
      const select = control(chart, 'slice' + s);
      select.addEventListener('change', () => { chart.chosen.slices[s] = Number(select.value); draw(chart); });
    });
    if (points.length) {
      const series = points[0].encoding.color.scale.domain;
      if (series.length > 1) {
        // The keyboard's way to what a click in the legend does.
        const alone = element('select', {}, element('option', {value: '', text: 'all'}), ...series.map(name => element('option', {value: name, text: name})));
        alone.addEventListener('change', () => { chart.chosen.only = alone.value === '' ? [] : [alone.value]; draw(chart); });
        add(chart, alone, 'alone', 'series');
      }
      if (chart.figures.length) choose(chart, chart.figures[0]);
      checkbox(chart, 'logY', 'log y axis');
      if (points[0].encoding.x.type === 'quantitative') checkbox(chart, 'logX', 'log x axis');
      if (layers(chart.specification, 'theory').length) checkbox(chart, 'theory', 'theory');
      if (values.some(row => row.value !== undefined)) {
        checkbox(chart, 'joined', 'join points');
        const top = element('input', {type: 'number', step: 'any'});
        top.addEventListener('change', () => { chart.chosen.top = top.value === '' ? null : Number(top.value); draw(chart); });
        add(chart, top, 'top', 'axis up to');
      }
    }
    const link = element('a', {href: '#', text: 'specification'});
    download(link, chart.id + '.vl.json', () => chart.shown);
    chart.figure.querySelector('.controls').append(link);
    chart.warning = element('span', {role: 'status'});
    chart.figure.querySelector('.note').append(chart.warning);
    sync(chart);
    return draw(chart);
  }

  // Tables.

  const FIRST_ROWS = 300;

  function table(one) {
    const place = [...document.querySelectorAll('section.table')].find(section => section.dataset.table === one.name);
    place.classList.toggle('wide', one.columns.length > 9);
    const state = {order: one.rows.map((row, r) => r), by: -1, down: false, all: false};
    const commands = one.name === 'summary.csv' ? data.commands : null;
    const filter = element('input', {type: 'search', id: place.id + '-filter'});
    const count = element('span', {class: 'note', role: 'status'});
    const command = element('div', {class: 'again', hidden: ''});
    const body = element('tbody');
    const numeric = one.columns.map(column => one.rows.every(row => row[column.at] === '' || !Number.isNaN(number(row[column.at]))));
    const heads = one.columns.map((column, c) => element('th', {scope: 'col'},
      element('button', {type: 'button', text: column.name, onclick: () => sort(c)})));
    const head = element('tr', {}, ...heads);
    if (commands) head.append(element('th', {scope: 'col', class: 'again', text: 'again'}));

    function cell(row, c) {
      const column = one.columns[c];
      const kind = column.kind >= 0 ? {'lower-bound': '≥ ', 'upper-bound': '≤ ', approximation: '≈ '}[row[column.kind]] || '' : '';
      const text = kind + (column.interval >= 0 ? measured(row[column.at], row[column.interval]) : rounded(row[column.at]));
      return element(c === 0 ? 'th' : 'td', c === 0 ? {scope: 'row', text} : numeric[c] ? {class: 'number', text, title: row[column.at]} : {text});
    }

    function show() {
      const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
      const found = state.order.filter(r => words.every(word => one.rows[r].some(text => text.toLowerCase().includes(word))));
      const shown = state.all ? found : found.slice(0, FIRST_ROWS);
      body.replaceChildren(...shown.map(r => {
        const row = element('tr', {'data-row': r}, ...one.columns.map((column, c) => cell(one.rows[r], c)));
        if (commands) row.append(element('td', {class: 'again'}, element('button', {type: 'button', text: 'command',
          'aria-label': 'command for row ' + (r + 1), onclick: () => again(r)})));
        return row;
      }));
      count.textContent = ` ${found.length} of ${one.rows.length} rows`;
      if (shown.length < found.length) {
        count.append(`, the first ${shown.length} shown `, element('button', {type: 'button', text: 'show all', onclick: () => { state.all = true; show(); }}));
      }
    }

    function sort(c) {
      state.down = state.by === c ? !state.down : false;
      state.by = c;
      const at = one.columns[c].at;
      const sign = state.down ? -1 : 1;
      const empty = r => one.rows[r][at] === '';
      state.order.sort((a, b) => empty(a) - empty(b) || sign * (numeric[c]
        ? number(one.rows[a][at]) - number(one.rows[b][at]) || 0
        : one.rows[a][at].localeCompare(one.rows[b][at], 'en')) || a - b);
      heads.forEach((th, h) => {
        if (h === c) th.setAttribute('aria-sort', state.down ? 'descending' : 'ascending');
        else th.removeAttribute('aria-sort');
        th.firstChild.textContent = one.columns[h].name + (h === c ? (state.down ? ' ▼' : ' ▲') : '');
      });
      show();
    }

    function again(r) {
      const text = commands[r];
      command.hidden = false;
      command.replaceChildren(element('p', {class: 'note', text: `Row ${r + 1} is made again by`}), element('div', {class: 'command'},
        element('pre', {text}), element('button', {type: 'button', text: 'copy', onclick: () => navigator.clipboard && navigator.clipboard.writeText(text)})));
      body.querySelectorAll('tr').forEach(tr => tr.classList.toggle('picked', Number(tr.dataset.row) === r));
    }

    filter.addEventListener('input', show);
    place.append(
      element('p', {class: 'filter'}, element('label', {for: filter.id, text: 'filter rows '}), filter, count), command,
      element('div', {class: 'grid', tabindex: '0', role: 'region', 'aria-label': 'table ' + one.name},
        element('table', {}, element('thead', {}, head), body)));
    show();
  }

  function contents() {
    const nav = document.querySelector('nav');
    document.querySelectorAll('main > section[id]').forEach(section =>
      nav.append(element('a', {href: '#' + section.id, text: section.querySelector('h2').textContent})));
  }

  async function start() {
    contents();
    for (const chart of data.charts) await prepare(chart);
    data.tables.forEach(table);
    const experiment = document.getElementById('experiment');
    if (experiment) download(experiment, experiment.download, () => data.experiment);
    narrow.addEventListener('change', () => data.charts.forEach(draw));
    window.addEventListener('scroll', () => { hover.hidden = true; }, {passive: true});
    // How long the page took, for those who measure it, and its charts for those who ask them.
    window.batchq = {ready: performance.now(), charts: data.charts};
    document.documentElement.dataset.ready = String(Math.round(window.batchq.ready));
  }

  start();
})();
