document.body.textContent = 'hallo';
